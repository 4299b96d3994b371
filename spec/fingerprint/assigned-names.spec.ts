import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { assignedNames, mayBeAssigned } from '../../lib/fingerprint/assigned-names.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('The names that a text may assign to', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'const n = 1; let k = 2; var v = [3]; f(n)': [],
    // Some more besides: nobody is asked what a word means.
    'const n = 1, m = 2; let rate: number = 1; const g = (x = 2) => x': ['m', 'number', 'x'],
    'n == 1; n === 2; n != 3; n <= 4; n >= 5; n => 6': [],
    'config.rate = 1; this.#n += 2; list[i] = 3; o.a.b++': [],
    'rate = 1': ['rate'],
    'rate = x => x': ['rate'],
    'a += 1; b -= 1; c **= 2; d ??= 3; e ||= 4; f &&= 5; g >>>= 6; h <<= 7': [...'abcdefgh'],
    'a++; --b; c--; ++d': [...'abcd'],
    '[low, high] = range()': ['low', 'high'],
    '({ a, b: c, ...rest } = load())': ['a', 'b', 'c', 'rest'],
    'const { a, b } = load(); const [c] = a': [],
    'for (x of list) f(x)': ['x'],
    'for (const y of list) f(y); for (let z in o) f(z)': [],
    'for await ([k, v] of map) f(k, v)': ['k', 'v'],
    'a /* now */ = 2; b // then\n = 3; (c) = 4; (d as any) = 5; (<any>e) = 6; f! += 7; g!++': [
      ...'abcdefg',
      'any',
      'as',
    ],
    '++(a as number); ++/* so */b': ['a', 'as', 'b', 'number'],
    'größe = 2; $a = 3; _b = 4': ['größe', '$a', '_b'],
  }
  for (const [text, names] of Object.entries(cases))
    it(`${text}: ${names.join() || 'none'}`, () =>
      assert.deepEqual([...assignedNames(text)].sort(), [...names].sort()))
})

describe('A variable of a script', () => {
  const at = temporaryFolder()

  it('may be assigned where its file does so', () => {
    writeFileSync(at('a b.js'), 'let rate = 1; const base = 2; export const set = r => { rate = r }')
    const { href } = pathToFileURL(at('a b.js'))
    assert.deepEqual([mayBeAssigned('rate', href), mayBeAssigned('base', href)], [true, false])
    writeFileSync(at('a b.js'), '')
    assert.equal(mayBeAssigned('rate', href), true)
  })

  it('may be assigned where its file does not know the name: a compiler gave it another', () => {
    writeFileSync(at('renamed.ts'), 'const rate = 1')
    const { href } = pathToFileURL(at('renamed.ts'))
    assert.deepEqual([mayBeAssigned('rate', href), mayBeAssigned('rate2', href)], [false, true])
  })

  it('may be assigned where there is no file, or a very large one', () => {
    assert.equal(mayBeAssigned('x', ''), true)
    assert.equal(mayBeAssigned('x', pathToFileURL(at('none.js')).href), true)
    writeFileSync(at('large.js'), ' '.repeat((2 << 20) + 1))
    assert.equal(mayBeAssigned('x', pathToFileURL(at('large.js')).href), true)
  })
})

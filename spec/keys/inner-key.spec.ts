import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isCacheError } from '../../lib/base/errors.ts'
import { compileInnerKey } from '../../lib/keys/inner-key.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'

const run = (source: string): AnyFunction => new Function(`return ${source}`)()
const keyOf = (expression: string, source: string, ...args: unknown[]): unknown =>
  compileInnerKey(expression, run(source)).call(undefined, ...args)

describe('compileInnerKey', () => {
  it('uses a function as it is', () => {
    const key = (a: unknown): unknown => a
    assert.equal(compileInnerKey(key, run('a => a')), key)
  })

  it('computes an expression over the parameters by name', () => {
    assert.equal(keyOf('a + b', '(a, b) => 1', 1, 2), 3)
    assert.equal(keyOf('how_heavy', '(how_heavy) => 1', 7), 7)
    assert.deepEqual(keyOf('{ a, n: rest.length }', '(a, ...rest) => 1', 1, 2, 3), { a: 1, n: 2 })
    assert.deepEqual(keyOf('args', '(a) => 1', 1, 2), [1, 2])
    assert.deepEqual(keyOf('args.map(a => a.id)', '() => 1', { id: 1 }, { id: 2 }), [1, 2])
    assert.equal(keyOf('a /* the first */ // only', '(a) => 1', 1), 1)
    assert.deepEqual(keyOf('a, b', '(a, b) => 1', 1, 2), 2)
  })

  it('applies destructuring and defaults', () => {
    assert.equal(keyOf('rows + x', '({ rows }, x = 5) => 1', { rows: 1 }), 6)
    assert.equal(keyOf('b', '(a, b = a * 2) => 1', 4), 8)
    assert.equal(keyOf('deep', '({ a: { deep = [3] } = {} } = {}) => 1')?.toString(), '3')
    assert.equal(keyOf('m', '(a, m = Math.max(a, 1)) => 1', 4), 4)
  })

  it('takes a default that mentions the module of the function for undefined', () => {
    assert.equal(keyOf('b', '(a, b = SETTINGS.b) => 1', 1), undefined)
    assert.equal(keyOf('b', '(a, b = SETTINGS.b) => 1', 1, 2), 2)
    assert.equal(keyOf('b', '(a, { b } = SETTINGS, c = 1) => 1', 1), undefined)
    assert.equal(keyOf('c', '(a, [b] = LIST, c = 1) => 1', 1), 1)
    assert.equal(keyOf('b', '(a, b = URL) => 1', 1), undefined)
  })

  it('hands over the receiver as this, in strict code', () => {
    const key = compileInnerKey('this.id + a', run('function (a) {}'))
    assert.equal(key.call({ id: 1 }, 2), 3)
    assert.equal(compileInnerKey('typeof this', run('() => 1')).call(undefined), 'undefined')
  })

  it('means a parameter that is called args', () => {
    assert.equal(keyOf('args', '(args) => 1', 'own'), 'own')
    assert.deepEqual(keyOf('args', '(...args) => 1', 1, 2), [1, 2])
    assert.deepEqual(keyOf('args', '({ args }) => 1', { args: 3 }), 3)
  })

  it('knows the names that the expression binds itself', () => {
    assert.equal(keyOf('((x, { y: [z = x] }) => x + z)(a, { y: [] })', '(a) => 1', 2), 4)
    assert.equal(
      keyOf(
        '[a].map(function f(n) { const k = n; try { return k + f.length } catch (e) { return e } })[0]',
        '(a) => 1',
        1,
      ),
      2,
    )
    assert.equal(keyOf('a.b.c?.d', '(a) => 1', { b: {} }), undefined)
    assert.deepEqual(keyOf('({ key: a })', '(a) => 1', 1), { key: 1 })
  })

  it('throws for an unknown name at once, and lists the parameters', () => {
    assert.throws(() => compileInnerKey('a + c', run('function f(a, { b }) {}')), {
      name: 'TypeError',
      message:
        'innerKey "a + c" mentions c, which is neither a parameter of f (a, b), nor args, nor a global.',
    })
    assert.throws(() => compileInnerKey('b', run('({ b: c }) => 1')), /mentions b/)
    assert.throws(() => compileInnerKey('[1].map(x => x + y)', run('() => 1')), /mentions y/)
    assert.throws(() => compileInnerKey('{ a, z }', run('(a) => 1')), /mentions z/)
    assert.throws(() => compileInnerKey('arguments', run('(a) => 1')), /mentions arguments/)
  })

  for (const text of [
    '',
    'a; b',
    'a) + (b',
    'return a',
    'const x = 1',
    'a b',
    'a +',
    'if (a) b',
    '} {',
    'a // )\n)',
    'await a',
    'new.target',
  ]) {
    it(`throws for ${JSON.stringify(text)}, which is not one expression`, () => {
      assert.throws(() => compileInnerKey(text, run('(a, b) => 1')), {
        name: 'TypeError',
        message: /is not one JavaScript expression/,
      })
    })
  }

  it('throws for what is neither text nor function', () => {
    assert.throws(() => compileInnerKey(1 as never, run('a => a')), { name: 'TypeError' })
  })

  it('needs no source if the expression needs args only', () => {
    assert.deepEqual(compileInnerKey('args[0]', Math.max)(4, 5), 4)
    assert.throws(
      () => compileInnerKey('value1', Math.max),
      error => isCacheError(error, 'ERR_CACHE_SOURCE'),
    )
  })

  it('says to use a function where strings are not compiled', () => {
    const module = fileURLToPath(new URL('../../lib/keys/inner-key.ts', import.meta.url))
    const script = `
      const { compileInnerKey } = await import(${JSON.stringify(module)})
      try { compileInnerKey('a', a => a) } catch (error) { console.log(error.message) }`
    const options = [
      '--disallow-code-generation-from-strings',
      '--import=tsx',
      '--input-type=module',
      '-e',
      script,
    ]
    assert.match(
      execFileSync(process.execPath, options, { encoding: 'utf8' }),
      /does not compile strings. Give a function/,
    )
  })
})

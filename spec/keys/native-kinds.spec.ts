import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { digest } from '../../lib/keys/canonical.ts'
import { nativeKindOf } from '../../lib/keys/native-kinds.ts'
import { lenient } from './policies.ts'

/** Makes a value again and again; each line differs from all others. */
const DIFFERENT: readonly (readonly [name: string, make: () => unknown])[] = [
  ['URL', () => new URL('http://a/b')],
  ['another URL', () => new URL('http://a/c')],
  ['URLSearchParams', () => new URLSearchParams('a=1')],
  ['NumberFormat', () => new Intl.NumberFormat('en')],
  ['NumberFormat of another locale', () => new Intl.NumberFormat('de')],
  ['NumberFormat with digits', () => new Intl.NumberFormat('en', { maximumFractionDigits: 1 })],
  ['DateTimeFormat', () => new Intl.DateTimeFormat('en', { timeZone: 'UTC' })],
  ['DateTimeFormat of another zone', () => new Intl.DateTimeFormat('en', { timeZone: 'Asia/Tokyo' })],
  ['DateTimeFormat with a year', () => new Intl.DateTimeFormat('en', { timeZone: 'UTC', year: 'numeric' })],
  ['Collator', () => new Intl.Collator('en')],
  ['numeric Collator', () => new Intl.Collator('en', { numeric: true })],
  ['PluralRules', () => new Intl.PluralRules('en')],
  ['ordinal PluralRules', () => new Intl.PluralRules('en', { type: 'ordinal' })],
  ['RelativeTimeFormat', () => new Intl.RelativeTimeFormat('en')],
  ['ListFormat', () => new Intl.ListFormat('en')],
  ['DisplayNames', () => new Intl.DisplayNames('en', { type: 'region' })],
  ['DisplayNames of languages', () => new Intl.DisplayNames('en', { type: 'language' })],
  ['Segmenter', () => new Intl.Segmenter('en')],
  ['Segmenter of words', () => new Intl.Segmenter('en', { granularity: 'word' })],
  ['Locale', () => new Intl.Locale('en')],
  ['Locale with a calendar', () => new Intl.Locale('en', { calendar: 'buddhist' })],
  ['TextDecoder', () => new TextDecoder()],
  ['TextDecoder of UTF-16', () => new TextDecoder('utf-16le')],
  ['fatal TextDecoder', () => new TextDecoder('utf-8', { fatal: true })],
  ['TextDecoder that keeps the mark', () => new TextDecoder('utf-8', { ignoreBOM: true })],
  ['TextEncoder', () => new TextEncoder()],
  ['Headers', () => new Headers()],
  ['Headers a', () => new Headers({ a: '1' })],
  ['Headers a twice', () => new Headers([['a', '1'], ['a', '2']])], // biome-ignore format: one line
  ['FormData', () => form()],
  ['FormData a', () => form(['a', '1'])],
  ['FormData a, b', () => form(['a', '1'], ['b', '2'])],
  ['FormData b, a', () => form(['b', '2'], ['a', '1'])],
  ['a property', () => Object.assign(new Intl.NumberFormat('en'), { a: 1 })],
  ['another property', () => Object.assign(new TextDecoder(), { a: 1 })],
  ['a class of NumberFormat', () => new (class Own extends Intl.NumberFormat {})('en')],
  ['a class of Headers', () => new (class Own extends Headers {})({ a: '1' })],
  ['what is none', () => Object.create(Intl.NumberFormat.prototype)],
  ['what is no TextDecoder', () => Object.create(TextDecoder.prototype)],
  ['what is no Headers', () => Object.create(Headers.prototype)],
]

function form(...pairs: (readonly [string, string])[]): FormData {
  const made = new FormData()
  for (const [name, value] of pairs) made.append(name, value)
  return made
}

describe('Objects that the runtime keeps the state of', () => {
  it('are the same for the same content, and no others', () => {
    for (const policy of [undefined, lenient()]) {
      const options = policy === undefined ? {} : { policy }
      const seen = new Map<string, string>()
      for (const [name, make] of DIFFERENT) {
        const found = digest({ a: make() }, options)
        assert.equal(digest({ a: make() }, options), found, name)
        assert.equal(seen.get(found), undefined, `${name} and ${seen.get(found)} share a key`)
        seen.set(found, name)
      }
      assert.deepEqual(policy?.told ?? [], [])
    }
  })

  it('do not depend on the order of headers, nor on the case of their names', () => {
    assert.equal(digest(new Headers({ B: '2', a: '1' })), digest(new Headers({ a: '1', b: '2' })))
  })

  it('are seen in another realm', () => {
    const foreign: unknown = runInContext('new Intl.NumberFormat("en")', createContext({}))
    assert.equal(digest(foreign), digest(new Intl.NumberFormat('en')))
    assert.notEqual(digest(foreign), digest(new Intl.NumberFormat('de')))
  })

  it('run no code of a subclass', () => {
    const trap = (): never => assert.fail('was run')
    class Loud extends Intl.NumberFormat {
      override resolvedOptions = trap
    }
    class LoudHeaders extends Headers {
      override entries = trap
      override forEach = trap
      override [Symbol.iterator] = trap
    }
    class LoudDecoder extends TextDecoder {}
    for (const name of ['encoding', 'fatal', 'ignoreBOM'])
      Object.defineProperty(LoudDecoder.prototype, name, { get: trap })
    const policy = lenient()
    for (const value of [new Loud('en'), new LoudHeaders(), new LoudDecoder()]) digest(value, { policy })
    assert.deepEqual(policy.told, [])
  })

  it('are told from a class that only has their name', () => {
    class Headers {
      get [Symbol.toStringTag](): string {
        return assert.fail('was run')
      }
    }
    Object.defineProperty(Headers.prototype, Symbol.toStringTag, { value: 'Headers' })
    assert.equal(nativeKindOf(Headers.prototype), undefined)
    const intl = Object.create(Object.prototype, { [Symbol.toStringTag]: { value: 'Intl.NumberFormat' } })
    assert.equal(nativeKindOf(intl), undefined)
  })

  it('load nothing for a look', () => {
    const module = fileURLToPath(new URL('../../lib/keys/canonical.ts', import.meta.url))
    const script = `
      const { digest } = await import(${JSON.stringify(module)})
      class Headers { get [Symbol.toStringTag]() { return 'Headers' } }
      class Form {}
      Object.defineProperty(Form.prototype, Symbol.toStringTag, { value: 'FormData' })
      digest([new Headers(), new Form(), new TextDecoder(), {}])
      console.log(process.moduleLoadList.filter(name => /undici/.test(name)).join())`
    const output = execFileSync(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    })
    assert.equal(output.trim(), '')
  })
})

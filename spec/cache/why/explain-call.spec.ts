import assert from 'node:assert/strict'
import { type CachePath, decorate, type Explanation, SingleValueCache, withCache } from 'cachedict'
import { storeShelf } from '../../../lib/cache/store-shelf.ts'
import { explainCall } from '../../../lib/cache/why/explain-call.ts'
import { miss } from '../../../lib/entries/verdict.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'
import { callOf, PROGRAM } from '../../support/calls.ts'
import { editedProgram } from '../../support/edited-program.ts'
import { versionOfCode } from '../../support/entries.ts'
import { ownCache } from '../../support/own-cache.ts'
import { valuePart } from '../../support/parts.ts'

describe('explainCall', () => {
  it('answers at once where the store does', () => {
    const shelf = storeShelf(new MemoryStore())
    const explanation = explainCall(shelf, callOf({ shown: () => [1] }), miss('absent')) as Explanation
    assert.equal(explanation.because, 'absent')
  })

  it('shows the findings of the function, and compares no code where no function was named', () => {
    const program = {
      ...PROGRAM,
      reading: () => ({
        code: 'one',
        findings: [{ kind: 'clock', path: 'area > Date.now' } as const],
        parts: () => [valuePart('area > N', '5')],
      }),
    }
    const shelf = storeShelf(new MemoryStore())
    const explanationOf = (code: () => ReturnType<typeof versionOfCode> | undefined) =>
      explainCall(shelf, { ...callOf({ program }), code }, miss('absent')) as Explanation
    assert.deepEqual(
      explanationOf(() => versionOfCode('one')).details.findings?.map(({ path }) => path),
      ['area > Date.now'],
    )
    assert.equal(explanationOf(() => undefined).details.findings, undefined)
  })
})

describe('why', () => {
  ownCache()

  const STORES: readonly CachePath[] = ['why.cache', 'why.lmdb']
  for (const path of STORES) {
    it(`names the argument that is another than in the nearest call (${path})`, async () => {
      const fn = decorate(
        function load(query: { filters: { year: number; kind: string } }, token: string) {
          return [query, token]
        },
        { path, ignore: ['token'] },
      )
      fn({ filters: { year: 2023, kind: 'a' } }, 'secret 1')
      fn({ filters: { year: 2024, kind: 'b' } }, 'secret 2')
      const { text, details } = await fn.why({ filters: { year: 2025, kind: 'b' } }, 'secret 3')
      assert.deepEqual(details.nearest?.differences, [
        { path: 'args[0].filters.year', before: 2024, after: 2025 },
      ])
      assert.match(text, /another args\[0\]\.filters\.year \(query\): 2024 → 2025\.$/)
    })
  }

  it('names the place at which the key of a dictionary differs', async () => {
    await withCache('keys.cache', dict => {
      dict.set({ year: 2024, kind: 'a' }, 1)
      const { details, text } = dict.why({ year: 2025, kind: 'a' }, () => 2)
      assert.deepEqual(details.nearest?.differences, [{ path: 'key.year', before: 2024, after: 2025 }])
      assert.match(text, /another key\.year: 2024 → 2025\.$/)
      assert.equal(dict.why('a text').details.nearest, undefined)
    })
  })

  it('says by what a result was rejected', async () => {
    const fn = decorate(
      function f(n: number) {
        if (n > 1) throw new RangeError('too large')
        return n
      },
      { path: 'rejected', errors: true },
    )
    fn(1)
    assert.throws(() => fn(2), RangeError)
    const byWhat = async (options: object, n: number) => (await fn.with(options).why(n)).details.rejectedBy
    assert.equal(await byWhat({ validIf: () => false }, 1), 'validIf')
    assert.equal(await byWhat({ errors: false }, 2), 'errors')
  })

  it('keeps nothing of functions whose code does not count, and forgets with the results', async () => {
    const map = new Map<string, Uint8Array>()
    const manifests = () => [...map.keys()].filter(key => key.startsWith('m:'))
    const fn = (options: object) => decorate((n: number) => n, { name: 'fn', path: map, ...options })
    fn({ code: 'off' })(1)
    fn({ code: 'own' })(1)
    assert.deepEqual(manifests(), [])
    const deep = fn({})
    deep(1)
    assert.equal(manifests().length, 2)
    await deep.clear()
    assert.deepEqual(manifests(), [])
    deep(1)
    assert.equal(manifests().length, 2)
  })

  it('knows the code of the value that is alone in a file', async () => {
    const map = new Map<string, Uint8Array>()
    const make = (by: number) =>
      new SingleValueCache(map).decorate(function last(n: number) {
        return n * by
      })
    make(2)(1)
    const { details } = await make(3).why(1)
    assert.deepEqual(details.changes, [{ kind: 'value', path: 'last > by', before: '2', after: '3' }])
  })
})

describe('why, after an edit', () => {
  const run = editedProgram()
  const RATES =
    'export function fetchRate(year) {\n  return year * 5\n}\nexport const CONFIG = { currency: "EUR" }\n'
  const MAIN = `
import { decorate, withCache } from 'cachedict'
import { CONFIG, fetchRate } from './rates.mjs'

const RATE = 5
let calls = 0

const report = decorate(function report(year) {
  calls += 1
  return [fetchRate(year), RATE, CONFIG]
})
const why = await report.why(2024)
report(2024)
const dict = await withCache('pipeline', dict => {
  const rows = () => () => fetchRate(2024) * RATE
  const explanation = dict.why('rows', rows())
  dict.evaluate('rows', rows())
  return explanation
})
console.log(JSON.stringify({ why, dict, again: await report.why(2024) }))
`
  interface Said {
    readonly why: Explanation
    readonly dict: Explanation
    readonly again: Explanation
  }
  const edited = async (files: Readonly<Record<string, string>>, env = {}) =>
    (await run({ 'main.mjs': MAIN, 'rates.mjs': RATES, ...files }, env)) as Said

  it('shows the function that was edited, as a diff, for a function and for a dictionary', async () => {
    await edited({})
    const { why, dict, again } = await edited({ 'rates.mjs': RATES.replace('year * 5', 'year * 6') })
    assert.equal(why.because, 'code-changed')
    const [change, ...others] = why.details.changes ?? []
    assert.deepEqual(others, [])
    assert.deepEqual([change?.kind, change?.path], ['function', 'report > fetchRate'])
    assert.match(
      why.text.split('\n')[0]!,
      /the code of the function is not what it was: report > fetchRate was edited\. It was kept on /,
    )
    assert.match(
      why.text,
      /rates\.mjs:1\):\n {4}--- .*rates\.mjs\n.*\n {4}@@ -1,3 \+1,3 @@\n {5}function fetchRate\(year\) \{\n {4}- {2}return year \* 5\n {4}\+ {2}return year \* 6\n {5}\}/,
    )
    assert.deepEqual(
      dict.details.changes?.map(({ path }) => path),
      ["'rows' > fetchRate"],
    )
    assert.equal(again.hit, true)
  })

  it('names the captured value, and what is not compared', async () => {
    await edited({})
    const { why, dict } = await edited({ 'main.mjs': MAIN.replace('RATE = 5', 'RATE = 6') })
    const value = { kind: 'value', before: '5', after: '6' }
    assert.deepEqual(why.details.changes, [{ ...value, path: 'report > RATE' }])
    assert.deepEqual(dict.details.changes, [{ ...value, path: "'rows' > RATE" }])
    assert.match(why.text, /not what it was: report > RATE: 5 → 6\. It was kept/)
    assert.match(why.text, /\nNote: report > calls: a captured variable is written, and is not compared\./)
  })

  it('tells of a captured object only that it is another', async () => {
    await edited({})
    const { why } = await edited({ 'rates.mjs': RATES.replace('EUR', 'USD') })
    assert.match(why.text, /report > CONFIG changed \(an object\)/)
    assert.doesNotMatch(JSON.stringify(why), /EUR|USD/)
  })

  it('names the version of a package', async () => {
    const withPackage = (version: string) =>
      edited({
        'rates.mjs': "export { fetchRate } from 'rates'\nexport const CONFIG = 5\n",
        'node_modules/rates/package.json': `{"name":"rates","version":"${version}","type":"module","exports":"./index.js"}`,
        'node_modules/rates/index.js': 'export function fetchRate(year) { return year }\n',
      })
    await withPackage('1.2.3')
    const { why } = await withPackage('1.3.0')
    assert.deepEqual(why.details.changes, [
      { kind: 'package', path: 'report > fetchRate', before: 'rates 1.2.3', after: 'rates 1.3.0' },
    ])
    assert.match(why.text, /not what it was: rates 1\.2\.3 → 1\.3\.0\./)
  })
})

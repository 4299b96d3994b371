/*
 * The test cases of pecapiku (research/seed-semantics.md, P1–P10), in JavaScript. None is left out.
 *
 * Otherwise than there: a missing key is `undefined` (or a fallback) in a dictionary, and reading it inserts nothing;
 * NoCache is what `peek` and `SingleValueCache.get` give.
 */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { CacheDict, config, createCache, decorate, NoCache, SingleValueCache, withCache } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'

class T {
  value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}
class Other {
  value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

describe('pecapiku', () => {
  const folder = ownCache()
  const keyOf = decorate(function keyed(_: unknown) {}).keyOf

  it('P1: the cache folder is the one that was set', () => {
    assert.equal(config.getCacheDir(), folder())
    config.setCacheDir(folder('other'))
    assert.equal(config.getCacheDir(), folder('other'))
  })

  it('P2: the order of a list belongs to its key', async () => {
    assert.notEqual(await keyOf([1, 2, 3]), await keyOf([3, 2, 1]))
  })

  for (const [what, a, b, c] of [
    ['sets', new Set([1, 2]), new Set([2, 1]), new Set([1, 2, 3])],
    ['dictionaries', { a: 1, b: 2 }, { b: 2, a: 1 }, { a: 2, b: 1 }],
    ['objects', new T(1), new T(1), new T(2)],
    ['classes of objects', new T(1), new T(1), new Other(1)],
    ['objects with a number and its text', new T(1), new T(1), new T('1')],
    ['objects with nothing and its text', new T(null), new T(null), new T('null')],
  ] as const) {
    it(`P3: ${what} that are equal share a key, others do not`, async () => {
      assert.equal(await keyOf(a), await keyOf(b))
      assert.notEqual(await keyOf(a), await keyOf(c))
    })
  }

  const wrappers = {
    'SingleValueCache, by the class': <F extends () => number>(fn: F) =>
      SingleValueCache.decorate(fn, { path: 'some.cache' }),
    'SingleValueCache, by an instance': <F extends () => number>(fn: F) =>
      new SingleValueCache('some.cache').decorate(fn),
    'CacheDict, by the class': <F extends () => number>(fn: F) =>
      CacheDict.decorate(fn, { path: 'some.cache' }),
    'CacheDict, by an instance': <F extends () => number>(fn: F) =>
      createCache({ path: 'some.cache' }).decorate(fn),
    'options first': <F extends () => number>(fn: F) => decorate({ path: 'some.cache' })(fn),
  }
  for (const [form, wrap] of Object.entries(wrappers)) {
    it(`P4: ${form}: the first call evaluates and makes a file, the second does neither`, () => {
      let runs = 0
      const fn = wrap(function sleepy() {
        runs += 1
        return 0.1
      })
      assert.equal(fn(), 0.1)
      const files = readdirSync(folder())
      assert.ok(files.some(name => name.startsWith('some.cache')))
      assert.equal(fn(), 0.1)
      assert.deepEqual(readdirSync(folder()), files)
      assert.equal(runs, 1)
    })
  }

  it('P4: in definition syntax, the same', () => {
    let runs = 0
    class Sleeper {
      @decorate
      sleepy() {
        runs += 1
        return 0.1
      }
    }
    assert.deepEqual([new Sleeper().sleepy(), new Sleeper().sleepy(), runs], [0.1, 0.1, 1])
  })

  it('P5: a method that counts in its object is evaluated each time', () => {
    class Counting {
      counter = 0
      @decorate
      work() {
        this.counter += 1
        return 5
      }
    }
    const object = new Counting()
    assert.deepEqual([object.work(), object.work(), object.counter], [5, 5, 2])
  })

  it('P6: what a block sets, the next block reads', async () => {
    await withCache('dict', dict => dict.set('key', 'val'))
    assert.equal(await withCache('dict', dict => dict.get('key')), 'val')
    assert.deepEqual(readdirSync(folder()), ['dict'])
  })

  it('P7: a missing key can be told from every value, and asking for it leaves no trace', async () => {
    await withCache('dict', dict => {
      assert.equal(dict.get('x_T', NoCache), NoCache)
      assert.deepEqual([dict.size, dict.has('x_T')], [0, false])
      dict.set('x_T', [
        [1, 2],
        [3, 4],
      ])
      assert.deepEqual(
        [...dict],
        [
          [
            'x_T',
            [
              [1, 2],
              [3, 4],
            ],
          ],
        ],
      )
    })
    assert.deepEqual(await withCache('dict', 'r', dict => [...dict.keys()]), ['x_T'])
  })

  it('P8: a key is computed from the bytes of the arguments', () => {
    let runs = 0
    const multiply = decorate(
      function multiply(a: Float64Array, b: Float64Array) {
        runs += 1
        return a.map((x, i) => x * b[i]!)
      },
      { innerKey: 'args.map(a => Buffer.from(a.buffer).toString("hex"))' },
    )
    const [a, b] = [new Float64Array([1, 2, 3, 4]), new Float64Array([5, 6, 7, 8])]
    for (let call = 0; call < 2; call += 1)
      assert.deepEqual(multiply(a, b), new Float64Array([5, 12, 21, 32]))
    assert.equal(runs, 1)
  })

  it('P9: ten calls of a heavy function are one evaluation', async () => {
    const heavy = decorate(function heavy() {
      return 1
    })
    for (let call = 0; call < 10; call += 1) heavy()
    const { evaluations, hits } = await heavy.stats()
    assert.deepEqual([evaluations, hits], [1, 9])
  })

  it('P10: an expression over the parameters names the entries of the dictionary', async () => {
    const square = decorate((howHeavy: number) => howHeavy ** 2, { innerKey: 'howHeavy', path: 'dict' })
    for (let n = 0; n < 10; n += 1) square(n)
    const squares = Array.from({ length: 10 }, (_, n) => [n, n * n])
    assert.deepEqual(await withCache('dict', 'r', dict => [...dict]), squares)
  })
})

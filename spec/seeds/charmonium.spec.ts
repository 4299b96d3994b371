/*
 * The test cases of charmonium.cache, Q1–Q28, in JavaScript. Left out:
 * Q3: eviction: spec/entries/eviction. Q10–Q12: files as arguments: spec/files. Q20, Q21: stores: spec/stores.
 * Q22: several processes: spec/together; the case of many callers in one process is here. Q23, Q24: other schedulers.
 * Q27: values and functions: spec/fingerprint. Q28: hashing: spec/keys.
 */
import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type DecorateOptions, decorate, withCache } from 'cachedict'
import { edit } from '../support/code-variants.ts'
import { editedProgram } from '../support/edited-program.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'
import { edited, type Files } from '../support/program-files.ts'
import { seenEvents } from '../support/seen-events.ts'

describe('charmonium.cache', function () {
  this.timeout(60_000)
  ownCache()
  const run = editedProgram()
  const clock = fakeClock()
  const seen = seenEvents()

  const OPTIONS: Record<string, DecorateOptions> = {
    'a name': { name: 'square' },
    'a store of its own': { path: 'mine' },
    memory: { path: 'memory:square' },
    'a codec': {
      codec: {
        id: 'json',
        encode: v => Buffer.from(JSON.stringify(v)),
        decode: b => JSON.parse(Buffer.from(b).toString()),
      },
    },
    'a version': { version: 'v1' },
    deps: { deps: [1, { a: 2 }] },
    strict: { strict: true },
    share: { share: 'frozen' },
    'a history': { history: 'append' },
    'a ttl': { ttl: '1h' },
  }
  for (const [what, options] of Object.entries(OPTIONS)) {
    it(`Q1: with ${what}, three calls of two arguments are two evaluations`, async () => {
      const executed: number[] = []
      const square = decorate(function sq(n: number) {
        executed.push(n)
        return n * n
      }, options)
      assert.deepEqual([square(2), square(3), square(2)], [4, 9, 4])
      assert.deepEqual(executed, [2, 3])
      const { hits, evaluations } = await square.stats()
      assert.deepEqual([hits, evaluations], [1, 2])
      assert.match((await square.why(2)).text, /hits/)
    })
  }

  it('Q2: a captured value counts, between processes and between evaluations', async () => {
    const program: Files = {
      'main.mjs': `import { decorate } from 'cachedict'
let runs = 0
const i = 0
const square = decorate(function sq(n) { runs++; return n * n + i })
console.log(JSON.stringify({ value: square(2), runs }))`,
    }
    assert.deepEqual(await run(program), { value: 4, runs: 1 })
    assert.deepEqual(await run(program), { value: 4, runs: 0 })
    assert.deepEqual(await run(edited(program, 'i = 0', 'i = 1')), { value: 5, runs: 1 })

    await withCache('memory:', dict => {
      const square = (n: number, i: number) => dict.evaluate('square', () => n * n + i)
      assert.deepEqual([square(2, 0), square(2, 1), square(3, 1)], [4, 5, 10])
    })
  })

  it('Q4: what happens is told: a miss, then a hit', () => {
    const fn = decorate(function fn() {
      return 1
    })
    fn()
    fn()
    assert.deepEqual(
      seen.types().filter(type => type === 'miss' || type === 'hit'),
      ['miss', 'hit'],
    )
  })

  it('Q5: a cached function may call another one', () => {
    let runs = 0
    const inner = decorate(
      (n: number) => {
        runs += 1
        return n + 1
      },
      { name: 'inner' },
    )
    const outer = decorate(
      (n: number) => {
        runs += 1
        return inner(n) * 2
      },
      { name: 'outer' },
    )
    assert.deepEqual([outer(1), outer(1), inner(1), runs], [4, 4, 2, 2])
  })

  it('Q6: what a peer wrote meanwhile is found, and what was there before too', () => {
    let runs = 0
    const make = () =>
      decorate(
        (n: number) => {
          runs += 1
          return n
        },
        { name: 'fn' },
      )
    const [mine, peer] = [make(), make()]
    mine(1)
    peer(2)
    assert.deepEqual([mine(2), peer(1), runs], [2, 1, 2])
  })

  it('Q7: a method follows the fields of its object', async () => {
    let runs = 0
    class Sum {
      y: number
      constructor(y: number) {
        this.y = y
      }
      @decorate
      add(z: number) {
        runs += 1
        return this.y + z
      }
    }
    const object = new Sum(3)
    assert.deepEqual([object.add(4), object.add(4), runs], [7, 7, 1])
    object.y = 4
    assert.deepEqual([object.add(4), runs], [8, 2])
    assert.deepEqual([new Sum(4).add(4), runs], [8, 2])
    assert.deepEqual([new Sum(5).add(4), runs], [9, 3])
  })

  it('Q8: a static method follows the list that its class holds', async () => {
    const program: Files = {
      'main.mjs': `import { decorate } from 'cachedict'
let runs = 0
class Sum {
  static list = [1, 2]
  static total() { runs++; return Sum.list.reduce((a, b) => a + b) }
}
const total = decorate(Sum.total)
console.log(JSON.stringify({ values: [total(), total()], runs }))`,
    }
    assert.deepEqual(await run(program), { values: [3, 3], runs: 1 })
    assert.deepEqual(await run(program), { values: [3, 3], runs: 0 })
    assert.deepEqual(await run(edited(program, '[1, 2]', '[1, 2, 3]')), { values: [6, 6], runs: 1 })
  })

  it('Q9: a static method is cached', () => {
    let runs = 0
    class Tool {
      base = 0
      @decorate
      static double(n: number) {
        runs += 1
        return n * 2
      }
    }
    assert.deepEqual([Tool.double(2), Tool.double(2), runs], [4, 4, 1])
  })

  it('Q13: a value is never older than its ttl', () => {
    const now = decorate(
      function now() {
        return clock.now()
      },
      { ttl: 500 },
    )
    for (const waitMs of [0, 100, 399, 1, 700, 499, 1]) {
      clock.advance(waitMs)
      assert.ok(clock.now() - now() < 500)
    }
  })

  it('Q14: another code version lies beside, and drops nothing', () => {
    const [a, b] = [edit('work', 'a'), edit('work', 'b')]
    for (const fn of [a, b, a, b]) for (const n of [1, 2]) decorate(fn)(n)
    assert.deepEqual([a.runs, b.runs], [2, 2])
  })

  it('Q15: deleting what is there, and what is not', () =>
    withCache('d', dict => {
      dict.set([1, 2, 3], 'hello')
      assert.deepEqual([dict.delete([1, 2, 3]), dict.delete([1, 2, 3])], [true, false])
    }))

  it('Q16: what computes a missing value is called once', () =>
    withCache('d', dict => {
      let runs = 0
      const compute = () => {
        runs += 1
        return 'hello'
      }
      assert.deepEqual(
        [dict.evaluate([1], compute), dict.evaluate([1], compute), runs],
        ['hello', 'hello', 1],
      )
    }))

  it('Q17: a dictionary knows what it contains', () =>
    withCache('d', dict => {
      dict.set([1, 2, 3], 'hello')
      assert.deepEqual([dict.has([1, 2, 3]), dict.has([1, 3, 2])], [true, false])
    }))

  it('Q18: an option that makes no sense is refused', () => {
    assert.throws(() => decorate(function fn() {}, { history: 'always' as 'append' }), {
      name: 'TypeError',
      message: /history.*always/,
    })
  })

  it('Q19: two blocks at once: the last writer of a key wins, other keys stay, new ones come', async () => {
    await withCache('d', dict => dict.set('both', 0).set('old', 1))
    await withCache('d', async mine => {
      mine.set('both', 'mine').set('a', 1)
      await withCache('d', theirs => theirs.set('both', 'theirs').set('b', 2))
    })
    assert.deepEqual(Object.fromEntries(await withCache('d', 'r', dict => [...dict])), {
      both: 'mine',
      old: 1,
      a: 1,
      b: 2,
    })
  })

  it('Q22: overlapping calls of five arguments are five evaluations', async () => {
    const executed: number[] = []
    const fn = decorate(
      async (n: number) => {
        executed.push(n)
        await nextTurn()
        return n
      },
      { name: 'fn' },
    )
    await Promise.all(
      [
        [0, 1, 2, 3],
        [1, 2, 3, 4],
        [2, 3, 4, 0],
        [3, 4, 0, 1],
        [4, 0, 1, 2],
      ]
        .flat()
        .map(fn as (n: number) => Promise<number>),
    )
    assert.deepEqual(executed.sort(), [0, 1, 2, 3, 4])
    for (const n of [0, 1, 2, 3, 4]) assert.equal(await fn.has(n), true)
  })

  for (const { what, from, to, value, runs } of [
    { what: 'its own source', from: 'help(n) + k', to: 'help(n) - k', value: 2, runs: 1 },
    { what: 'the source of a callee', from: 'n * 2', to: 'n * 3', value: 8, runs: 1 },
    { what: 'a captured value', from: 'k = 2', to: 'k = 3', value: 7, runs: 1 },
    { what: 'another value', from: 'other = 1', to: 'other = 2', value: 6, runs: 0 },
    { what: 'a comment', from: '// says', to: '// prints', value: 6, runs: 0 },
  ]) {
    it(`Q25: after an edit of ${what} the result is right, of ${runs} more evaluations`, async () => {
      const program: Files = {
        'main.mjs': `import { decorate } from 'cachedict'
import { help, k } from './help.mjs'
let runs = 0
const other = 1
const work = decorate(function work(n) { runs++; return help(n) + k })
// says what it is
console.log(JSON.stringify({ value: work(2), runs }))`,
        'help.mjs': 'export const help = n => n * 2\nexport const k = 2',
      }
      assert.deepEqual(await run(program), { value: 6, runs: 1 })
      assert.deepEqual(await run(edited(program, from, to)), { value, runs })
      assert.deepEqual(await run(program), { value: 6, runs: 0 })
    })
  }

  it('Q26: a sequence of calls, with a clear and a bypass in it, evaluates what it must', async () => {
    const executed: number[] = []
    const fn = decorate(
      (n: number, { a = 1 }: { a?: number } = {}) => {
        executed.push(n)
        return n * a
      },
      { name: 'fn' },
    )
    for (const n of [7, 2, 7, 2]) fn(n)
    await fn.clear()
    for (const n of [7, 2, 7]) fn(n)
    fn(7, { a: 2 })
    const bypassed = fn.with({ access: 'e' })
    bypassed(2)
    bypassed(2)
    assert.deepEqual(executed, [7, 2, 7, 2, 7, 2, 2])
  })

  it('Q26: arguments may be long', () => {
    let runs = 0
    const fn = decorate(function fn(text: string) {
      runs += 1
      return text.length
    })
    for (const length of [254, 10_000, 254, 10_000]) assert.equal(fn('x'.repeat(length)), length)
    assert.equal(runs, 2)
  })

  it('its bug: nothing at all is a result', () => {
    let runs = 0
    const fn = decorate(function fn() {
      runs += 1
      return null
    })
    assert.deepEqual([fn(), fn(), runs], [null, null, 1])
  })
})

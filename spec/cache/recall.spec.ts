import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { CacheError, close, decorate, MemoryStore, NoCache, openStore, withCache } from 'cachedict'
import { blockShelf } from '../../lib/cache/block-shelf.ts'
import { type Found, look } from '../../lib/cache/look.ts'
import { recall } from '../../lib/cache/recall.ts'
import { openSession } from '../../lib/cache/session.ts'
import { SharedValues } from '../../lib/cache/shared-values.ts'
import { storeShelf } from '../../lib/cache/store-shelf.ts'
import { explain } from '../../lib/cache/why/explain.ts'
import { encodeEntry } from '../../lib/entries/entry.ts'
import { callOf, PROGRAM } from '../support/calls.ts'
import { edit } from '../support/code-variants.ts'
import { entryOf, versionOfCode } from '../support/entries.ts'
import { evidenceOf } from '../support/evidence.ts'
import { FailingStore } from '../support/failing-store.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'
import { runScript } from '../support/run-script.ts'
import { assertSame } from '../support/same.ts'
import { seenEvents } from '../support/seen-events.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('recall', () => {
  const folder = ownCache()
  const warnings = seenWarnings()
  const seen = seenEvents()

  for (const value of [undefined, null, 0, false, Number.NaN, -0, '', 0n]) {
    const shown = Object.is(value, -0) ? '-0' : String(value) || "''"
    it(`takes ${shown} for a result like any other`, async () => {
      let runs = 0
      const fn = decorate(function fn() {
        runs += 1
        return value
      })
      const later = decorate(async function later() {
        runs += 1
        return value
      })
      for (let call = 0; call < 2; call += 1) {
        assert.ok(Object.is(fn(), value))
        assert.ok(Object.is(await later(), value))
      }
      assert.equal(runs, 2)
    })
  }

  it('gives each caller a fresh value, which is its own to change', () => {
    const fn = decorate(function fn() {
      return { list: [1] }
    })
    const first = fn()
    first.list.push(2)
    assert.deepEqual(fn(), { list: [1] })
    assert.notEqual(fn(), fn())
  })

  it('gives when it computes what it gives when it recalls', () => {
    const shared = { n: 1 }
    const fn = decorate(function fn() {
      const made: Record<string, unknown> = {
        a: shared,
        b: shared,
        // biome-ignore lint/suspicious/noSparseArray: a hole is meant
        holes: [1, , 2],
        map: new Map([[shared, -0]]),
      }
      made.self = made
      return made
    })
    const [computed, recalled] = [fn(), fn()]
    assertSame(computed, recalled)
    assert.notEqual(computed.a, shared)
  })

  it('keeps no NoCache: the function is called each time', async () => {
    let runs = 0
    const fn = decorate(function fn() {
      runs += 1
      return NoCache
    })
    const later = decorate(async function later() {
      runs += 1
      return NoCache
    })
    assert.deepEqual([fn(), fn(), await later(), await later()], [NoCache, NoCache, NoCache, NoCache])
    assert.equal(runs, 4)
    assert.equal(await fn.has(), false)
    assert.deepEqual(warnings(), [])
  })

  it('passes errors on, as they are, and keeps none', async () => {
    const mine = new Error('mine')
    let runs = 0
    const fn = decorate(function fn() {
      runs += 1
      throw mine
    })
    const later = decorate(async function later() {
      runs += 1
      throw mine
    })
    for (let call = 0; call < 2; call += 1) {
      assert.throws(fn, error => error === mine)
      await assert.rejects(later, error => error === mine)
    }
    assert.equal(runs, 4)
    assert.deepEqual(warnings(), [])
  })

  it('keeps a success after a failure', () => {
    let runs = 0
    const fn = decorate(function fn() {
      if (++runs === 1) throw new Error('first')
      return runs
    })
    assert.throws(fn)
    assert.deepEqual([fn(), fn()], [2, 2])
  })

  describe('promises', () => {
    it('come back as promises, also from functions that are not declared async', async () => {
      let runs = 0
      const declared = decorate(async function declared() {
        runs += 1
        return 1
      })
      const plain = decorate(function plain() {
        runs += 1
        return Promise.resolve(2)
      })
      const thenable = decorate(function thenable() {
        runs += 1
        // biome-ignore lint/suspicious/noThenProperty: a thenable is meant
        return { then: (use: (n: number) => void) => use(3) }
      })
      for (let call = 0; call < 2; call += 1) {
        const given = [declared(), plain(), thenable() as unknown as Promise<number>]
        assert.ok(given.every(each => each instanceof Promise))
        assert.deepEqual(await Promise.all(given), [1, 2, 3])
      }
      assert.equal(runs, 3)
    })

    it('come back as promises in another process too', () => {
      const source = `
        import { decorate, withCache } from 'cachedict'
        let runs = 0
        const plain = decorate(function plain(x) { runs += 1; return Promise.resolve(x) })
        const sync = decorate(function sync(x) { runs += 1; return x })
        const given = plain({ a: 1 })
        const [isPromise, value] = [given instanceof Promise, await given]
        const inDict = await withCache('d', dict => {
          const promise = dict.evaluate('k', () => { runs += 1; return Promise.resolve(5) })
          return promise.then(n => [promise instanceof Promise, n])
        })
        console.log(JSON.stringify([isPromise, value, sync(2), inDict, runs]))`
      const environment = { CACHEDICT_DIR: folder('shared') }
      assert.deepEqual(runScript(source, environment), [true, { a: 1 }, 2, [true, 5], 3])
      assert.deepEqual(runScript(source, environment), [true, { a: 1 }, 2, [true, 5], 0])
    })
  })

  describe('concurrent calls', () => {
    it('of one key evaluate once, and give each caller a value of its own', async () => {
      let runs = 0
      const fn = decorate(async function fn(n: number) {
        runs += 1
        await nextTurn()
        return { n }
      })
      const values = await Promise.all(Array.from({ length: 100 }, () => fn(7)))
      assert.equal(runs, 1)
      assert.equal(new Set(values).size, 100)
      assert.ok(values.every(({ n }) => n === 7))
    })

    it('count as one evaluation, and the others as hits', async () => {
      const fn = decorate(async function fn() {
        await nextTurn()
        return 1
      })
      await Promise.all([fn(), fn(), fn()])
      const { hits, misses, evaluations } = await fn.stats()
      assert.deepEqual([hits, misses.absent, evaluations], [2, 1, 1])
      assert.deepEqual(
        seen.of('hit').map(({ joined }) => joined),
        [true, true],
      )
    })

    it('share an error too, and the next call tries again', async () => {
      let runs = 0
      const fn = decorate(async function fn() {
        runs += 1
        await nextTurn()
        throw new Error(`run ${runs}`)
      })
      const outcomes = await Promise.allSettled([fn(), fn()])
      assert.deepEqual(
        outcomes.map(each => each.status),
        ['rejected', 'rejected'],
      )
      assert.equal(runs, 1)
      await assert.rejects(fn(), /run 2/)
    })

    it('never wait for the result of other code', async () => {
      const earlier = decorate(new Function('return async function load() { return "before" }')())
      const later = decorate(new Function('return async function load() { return "after" }')())
      assert.deepEqual(await Promise.all([earlier(), later(), earlier()]), ['before', 'after', 'before'])
    })

    it('of refresh evaluate each', async () => {
      let runs = 0
      const fn = decorate(async function fn() {
        return ++runs
      })
      assert.deepEqual(await Promise.all([fn.refresh(), fn.refresh()]), [1, 2])
    })

    it('from inside the evaluation itself are an error rather than a wait for ever', async () => {
      const inside = async (): Promise<number> => {
        await nextTurn()
        return endless()
      }
      const endless: () => Promise<number> = decorate(inside, { name: 'endless' })
      await assert.rejects(endless(), { code: 'ERR_CACHE_RECURSION', message: /endless\(\)/ })
    })
  })

  it('lets a function call itself with other arguments', () => {
    let runs = 0
    const fib: (n: number) => number = decorate(
      (n: number): number => {
        runs += 1
        return n < 2 ? n : fib(n - 1) + fib(n - 2)
      },
      { name: 'fib' },
    )
    assert.equal(fib(30), 832040)
    assert.equal(runs, 31)
  })

  describe('code versions', () => {
    it('lie side by side: an edit misses, going back hits', async () => {
      const [first, second] = [edit('work', 'a'), edit('work', 'b')]
      const [a, b] = [decorate(first), decorate(second)]
      assert.equal(a(1).edition, 'a')
      assert.equal((await b.why(1)).because, 'code-changed')
      assert.equal(b(1).edition, 'b')
      assert.deepEqual([a(1).edition, b(1).edition], ['a', 'b'])
      assert.deepEqual([first.runs, second.runs], [1, 1])
    })

    it("do not count with code: 'off'", () => {
      const [first, second] = [edit('work', 'a'), edit('work', 'b')]
      const options = { code: 'off' } as const
      assert.deepEqual(
        [decorate(first, options)(1).edition, decorate(second, options)(1).edition],
        ['a', 'a'],
      )
      assert.equal(second.runs, 0)
    })

    it('take in version and deps', async () => {
      const fn = edit('work', 'a')
      const at = (options: { version?: string | number; deps?: unknown[] }) => decorate(fn, options)
      at({})(1)
      assert.equal((await at({ version: 1 }).why(1)).because, 'version-changed')
      assert.equal((await at({ deps: [edit('helper', 'a')] }).why(1)).because, 'dependency-changed')
      at({ version: 1 })(1)
      at({ version: '1' })(1)
      at({ deps: [edit('helper', 'a')] })(1)
      at({ deps: [edit('helper', 'b')] })(1)
      assert.equal(fn.runs, 5)
      for (const options of [{}, { version: 1 }, { version: '1' }, { deps: [edit('helper', 'a')] }])
        at(options)(1)
      assert.equal(fn.runs, 5)
    })
  })

  it('never takes what another function kept under the same key', async () => {
    const one = decorate(
      function one() {
        return 1
      },
      { outerKey: 'k', path: 'd' },
    )
    const two = decorate(
      function two() {
        return 2
      },
      { outerKey: 'k', path: 'd' },
    )
    assert.equal(one(), 1)
    const why = await two.why()
    assert.equal(why.because, 'another-function')
    assert.match(why.text, /called one/)
    assert.deepEqual([two(), one(), two()], [2, 1, 2])
  })

  describe('time', () => {
    const clock = fakeClock()

    function timed(ttl?: string | number) {
      let runs = 0
      return decorate(
        function timed() {
          return ++runs
        },
        { path: 'd', ...(ttl === undefined ? {} : { ttl }) },
      )
    }

    it('is up at the stored expiry, to the millisecond', async () => {
      const fn = timed('90s')
      fn()
      clock.advance(89_999)
      assert.equal(fn(), 1)
      clock.advance(1)
      assert.equal((await fn.why()).because, 'expired')
      assert.equal(fn(), 2)
      assert.equal(fn(), 2)
    })

    it('is up at the current ttl, if that is shorter', async () => {
      const fn = timed('1h')
      fn()
      clock.advance(1_000)
      assert.equal(await fn.with({ ttl: 1_001 }).has(), true)
      assert.equal(await fn.with({ ttl: 1_000 }).has(), false)
      const unbounded = timed()
      assert.equal(await unbounded.has(), true)
      clock.advance(3_600_000)
      assert.equal(await unbounded.has(), false)
    })

    it('never comes with ttl 0', () => {
      const fn = timed(0)
      assert.deepEqual([fn(), fn()], [1, 2])
    })

    it('takes what was made in the future for expired', async () => {
      const fn = timed()
      clock.advance(1_000)
      fn()
      clock.advance(-1_000)
      assert.equal((await fn.why()).because, 'expired')
      assert.equal(fn(), 2)
    })

    it('of a result ends with that of the results that it was made of', async () => {
      const rate = decorate(
        async function rate() {
          return 2
        },
        { ttl: '1m' },
      )
      const price = decorate(
        async function price(n: number) {
          await nextTurn()
          return n * (await rate())
        },
        { ttl: '1h' },
      )
      await price(3)
      clock.advance(59_999)
      assert.equal(await price.has(3), true)
      clock.advance(1)
      assert.equal((await price.why(3)).because, 'expired')
    })
  })

  describe('what is damaged or forged', () => {
    const tamper = async (change: (key: string, frame: Uint8Array) => Uint8Array) => {
      const store = await openStore('d')
      const changes = [...(await store.entries())].map(([key, frame]) => ({ key, bytes: change(key, frame) }))
      await store.write({ reads: [], durable: false, plan: () => changes })
    }

    it('is a miss, is reported, and heals with the next result', async () => {
      let runs = 0
      const fn = decorate(
        function fn() {
          return ++runs
        },
        { path: 'd' },
      )
      fn()
      await tamper((_, frame) => {
        frame[frame.length - 1]! ^= 1
        return frame
      })
      assert.equal((await fn.why()).because, 'corrupt')
      seen.forget()
      assert.deepEqual([fn(), fn(), fn()], [2, 2, 2])
      assert.deepEqual(seen.types(), ['miss', 'damaged', 'degraded', 'evaluated', 'kept', 'hit', 'hit'])
      assert.equal(warnings().length, 1)
      assert.match(warnings()[0]!.message, /fn\(\).*damaged/)
    })

    it('is a miss where it was made for another key', async () => {
      const fn = decorate(
        function fn(n: number) {
          return n
        },
        { path: 'd', innerKey: 'n' },
      )
      fn(1)
      const store = await openStore('d')
      const frame = (await store.get('d#1'))!
      await store.write({ reads: [], durable: false, plan: () => [{ key: 'd#2', bytes: frame }] })
      assert.equal((await fn.why(2)).because, 'corrupt')
      assert.equal(fn(2), 2)
    })

    it('is a miss where its value is no value, under a right checksum', async () => {
      const fn = decorate(
        function fn() {
          return 1
        },
        { path: 'd', outerKey: 'k', code: 'off' },
      )
      fn()
      await tamper(key =>
        encodeEntry(entryOf(1, { name: 'fn', codeVersion: '...', value: Buffer.from([0x10, 0xc1]) }), key),
      )
      assert.equal((await fn.why()).because, 'corrupt')
      assert.equal(fn(), 1)
    })
  })

  describe('a store that fails', () => {
    const full = () => new CacheError('ERR_CACHE_WRITE', 'The store is full.')

    function over(failAt: number, options: { strict?: boolean } = {}) {
      let runs = 0
      const store = new FailingStore(new MemoryStore(), { failAt, how: 'for good', error: full })
      return decorate(
        function stored() {
          return ++runs
        },
        { path: store, ...options },
      )
    }

    it('lets the result through, and warns once', () => {
      for (const failAt of [1, 2]) {
        const fn = over(failAt)
        assert.deepEqual([fn(), fn(), fn()], [1, 2, 3])
      }
      assert.ok(warnings().length >= 1 && warnings().length <= 2)
      assert.ok(seen.of('degraded').length > 2)
    })

    it('throws with strict', () => {
      assert.throws(() => over(1, { strict: true })(), { code: 'ERR_CACHE_WRITE' })
      assert.throws(() => over(2, { strict: true })(), { code: 'ERR_CACHE_WRITE' })
    })
  })

  it('goes on after all stores were closed', async () => {
    let runs = 0
    const fn = decorate(function fn() {
      return ++runs
    })
    assert.equal(fn(), 1)
    await close()
    assert.equal(fn(), 1)
  })

  it('sees what another block set under its key', async () => {
    const fn = decorate(
      function fn(n: number) {
        return n
      },
      { path: 'd', innerKey: 'n' },
    )
    await withCache('d', dict => dict.set(5, 'set'))
    assert.equal(fn(5) as unknown, 'set')
    fn(6)
    assert.deepEqual(await withCache('d', 'r', dict => [...dict]), [
      [5, 'set'],
      [6, 6],
    ])
  })

  it('lists no calls with default keys in a dictionary', async () => {
    decorate(
      function fn() {
        return 1
      },
      { path: 'd' },
    )()
    assert.deepEqual(await withCache('d', 'r', dict => [...dict]), [])
  })

  it('tells what happened in events, in order', async () => {
    const fn = decorate(function told(n: number) {
      if (n < 0) throw new Error('no')
      return n
    })
    fn(1)
    fn(1)
    assert.throws(() => fn(-1))
    assert.deepEqual(seen.types(), ['miss', 'evaluated', 'kept', 'hit', 'miss', 'evaluated'])
    assert.ok(seen.all().every(({ event }) => 'name' in event && event.name === 'told'))
    const key = await fn.keyOf(1)
    assert.equal(seen.of('hit')[0]?.key, key)
    assert.equal(seen.of('miss')[0]?.because, 'absent')
    assert.deepEqual(
      seen.of('evaluated').map(({ failed }) => failed),
      [false, true],
    )
    assert.ok(seen.of('kept')[0]!.sizeBytes > 0)
    assert.ok(seen.of('hit')[0]!.savedMs >= 0)
  })

  describe('what depends on something that cannot be seen', () => {
    const program = { ...PROGRAM, refusal: () => 'its this cannot be seen.' }
    const shelf = storeShelf(new MemoryStore())
    let runs = 0
    const call = callOf({ program, evaluate: () => ++runs }, { name: 'refused' })

    it('is evaluated each time, and not kept, which a warning says once', () => {
      assert.deepEqual([recall(shelf, call), recall(shelf, call)], [1, 2])
      assert.deepEqual([...(shelf.store.entries() as Iterable<unknown>)], [])
      assert.deepEqual(
        warnings().map(({ code, message }) => [code, message]),
        [
          [
            'ERR_CACHE_UNKEYABLE',
            'The result of area() is not kept: its this cannot be seen. It is computed each time.',
          ],
        ],
      )
      assert.deepEqual(
        seen.of('miss').map(({ because }) => because),
        ['unkeyable', 'unkeyable'],
      )
    })

    it('is remembered by no block either', async () => {
      const session = await openSession('d', 're', {})
      const block = blockShelf(session, new SharedValues())
      recall(block, call)
      assert.equal(session.block.has('d"key'), false)
      await session.close()
    })

    it('is an error with strict, and a miss that says so where nothing may be evaluated', () => {
      const { settings } = call
      assert.throws(() => recall(shelf, { ...call, settings: { ...settings, strict: true } }), {
        code: 'ERR_CACHE_UNKEYABLE',
        message: 'The result of area() is not kept: its this cannot be seen.',
      })
      const access = { read: true, evaluate: false, write: true }
      assert.throws(() => recall(shelf, { ...call, access }), { code: 'ERR_CACHE_MISS' })
    })

    it('is not found where somebody kept it who had said what it depends on', () => {
      const own = storeShelf(new MemoryStore())
      const told = callOf({ evaluate: () => 'kept' }, { name: 'refused' })
      assert.deepEqual([recall(own, told), recall(own, told)], ['kept', 'kept'])
      assert.notEqual(recall(own, call), 'kept')
    })

    it('is found where a block set it', () => {
      const store = new MemoryStore()
      const entry = entryOf('set', { name: '', codeVersion: '' })
      store.writeSync({
        reads: [],
        durable: false,
        plan: () => [{ key: 'd"key', bytes: encodeEntry(entry, 'd"key') }],
      })
      assert.equal(recall(storeShelf(store), call), 'set')
    })

    it('is explained', () => {
      const { verdict } = look(shelf, call) as Found
      const { because, text } = explain(verdict, evidenceOf())
      assert.equal(because, 'unkeyable')
      assert.match(text, /its this cannot be seen\.$/)
    })
  })

  it('keeps nothing whose program became another one while it waited for another process', async () => {
    const holders = ['4194305.1.2.3.4', undefined]
    const leases = {
      holdsAny: false,
      take: () => holders.shift(),
      release: () => {},
      releaseAll: () => {},
      noteWaiting: () => () => {},
      wouldDeadlock: () => false,
    }
    const store = Object.assign(new MemoryStore(), { leases })
    const fn = async () => 1
    const call = callOf({ fn, evaluate: fn, isCurrent: () => false })
    assert.equal(await recall(storeShelf(store), call), 1)
    assert.deepEqual([...(await store.entries(''))], [])
    assert.match(warnings()[0]!.message, /changed while it waited for another process/)
  })

  it('knows a call that needs its own result, whatever that captures', () => {
    let depth = 0
    const shelf = storeShelf(new MemoryStore())
    const call = (): unknown => {
      depth += 1
      const code = versionOfCode('one', [`${depth}`])
      return recall(shelf, callOf({ code: () => code, evaluate: call }))
    }
    assert.throws(call, { code: 'ERR_CACHE_RECURSION' })
    assert.equal(depth, 2)
  })
})

import assert from 'node:assert/strict'
import { type CachedFunction, decorate, NoCache } from 'cachedict'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'

describe('a cached function', () => {
  ownCache()
  const clock = fakeClock()

  function counted() {
    let runs = 0
    return decorate(function counted(n: number) {
      return { n, run: ++runs }
    })
  }

  it('keeps name, length, this, and sync or async nature', async () => {
    const sync = decorate(function sync(_a: number, _b: string) {
      return 1
    })
    const later = decorate(async function later(_a: number) {
      return 1
    })
    assert.deepEqual([sync.name, sync.length, later.name, later.length], ['sync', 2, 'later', 1])
    assert.equal(sync(1, ''), 1)
    assert.ok(later(1) instanceof Promise)
    assert.equal(Object.prototype.toString.call(later), '[object AsyncFunction]')
    const object = {
      base: 2,
      add: decorate(function add(this: { base: number }, n: number) {
        return this.base + n
      }),
    }
    assert.equal(object.add(3), 5)
    assert.equal(object.add.call({ base: 10, add: object.add }, 3), 13)
  })

  it('shows none of its members when it is listed', () => {
    assert.deepEqual(Object.keys(counted()), [])
  })

  it('original: is the function that was wrapped', () => {
    const fn = () => 1
    assert.equal(decorate(fn).original, fn)
  })

  it('keyOf: gives 64 digits, equal for equal calls', async () => {
    const fn = counted()
    assert.match(await fn.keyOf(1), /^[0-9a-f]{64}$/)
    assert.equal(await fn.keyOf(1), await counted().keyOf(1))
    assert.notEqual(await fn.keyOf(1), await fn.keyOf(2))
    await assert.rejects(fn.keyOf(Promise.resolve() as unknown as number), {
      code: 'ERR_CACHE_UNKEYABLE',
      message: /args\[0\]/,
    })
  })

  it('has and peek: tell what is kept, and never evaluate', async () => {
    const fn = counted()
    assert.deepEqual([await fn.has(1), await fn.peek(1)], [false, NoCache])
    fn(1)
    assert.deepEqual([await fn.has(1), await fn.peek(1)], [true, { n: 1, run: 1 }])
    assert.deepEqual([await fn.has(2), await fn.peek(2)], [false, NoCache])
    await assert.rejects(fn.has(new WeakSet() as unknown as number), { code: 'ERR_CACHE_UNKEYABLE' })
    const none = decorate(function none() {})
    none()
    assert.equal(await none.peek(), undefined)
  })

  it('why: explains a miss and a hit, as data and as text', async () => {
    const fn = counted()
    const before = await fn.why(1)
    assert.deepEqual([before.hit, before.because, before.details.call], [false, 'absent', 'counted(1)'])
    assert.match(before.text, /^counted\(1\) misses in .*nothing is kept/)
    fn(1)
    const after = await fn.why(1)
    assert.equal(after.hit, true)
    assert.equal(after.details.createdAtMs, clock.now())
    assert.match(after.text, /^counted\(1\) hits in .*2024-05-17 12:00:00/)
    const unkeyable = await fn.why(Promise.resolve() as unknown as number)
    assert.deepEqual(
      [unkeyable.hit, unkeyable.because, unkeyable.details.path],
      [false, 'unkeyable', 'args[0]'],
    )
    assert.equal((await fn.with({ access: 'ew' }).why(1)).because, 'not-readable')
  })

  it('refresh: evaluates and replaces', async () => {
    const fn = counted()
    assert.equal(fn(1).run, 1)
    assert.equal((await fn.refresh(1)).run, 2)
    assert.equal(fn(1).run, 2)
    await assert.rejects(fn.with({ access: 'r' }).refresh(1), { code: 'ERR_CACHE_MISS' })
  })

  it('forget: removes one call, and says whether there was anything', async () => {
    const fn = counted()
    fn(1)
    fn(2)
    assert.deepEqual([await fn.forget(1), await fn.forget(1)], [true, false])
    assert.deepEqual([await fn.has(1), await fn.has(2)], [false, true])
  })

  it('stats: adds up its calls, and what is kept', async () => {
    const fn = counted()
    for (const n of [1, 1, 2, 1]) fn(n)
    const stats = await fn.stats()
    assert.deepEqual([stats.hits, stats.misses.absent, stats.evaluations, stats.entries], [2, 2, 2, 2])
    assert.ok(stats.sizeBytes > 0 && stats.overheadMs > 0 && stats.evaluatedMs >= 0 && stats.savedMs >= 0)
    assert.equal((await counted().stats()).entries, 2)
  })

  it('with: is the same function, with some options replaced', async () => {
    const fn = counted()
    fn(1)
    const replaying = fn.with({ access: 'r' })
    assert.equal(replaying(1).run, 1)
    assert.throws(() => replaying(2), { code: 'ERR_CACHE_MISS' })
    assert.equal(fn(2).run, 2)
    assert.equal(replaying.original, fn.original)
    assert.equal(replaying.with({ access: 'ew' })(1).run, 3)
    assert.equal(replaying.with({ access: undefined } as object)(3).run, 4)
    assert.throws(() => fn.with({ ttl: 'soon' }), TypeError)
  })

  it('with: replaces a key of one kind by one of the other', async () => {
    const fn = decorate((n: number) => n, { outerKey: 'k' })
    assert.equal(fn(1), 1)
    assert.equal(fn.with({ innerKey: 'n' })(2), 2)
    assert.equal(fn.with({ innerKey: 'n' }).with({ outerKey: 'k' })(5), 1)
  })

  it('as a method, is asked with its object', async () => {
    class Shape {
      side: number
      constructor(side: number) {
        this.side = side
      }
      @decorate({ history: 'append' })
      area(factor: number) {
        return this.side * factor
      }
      @decorate
      async later() {
        return this.side
      }
    }
    const shape = new Shape(3)
    // A decorator cannot change the type of a method.
    const area = shape.area as CachedFunction<Shape['area']>
    const later = shape.later as CachedFunction<Shape['later']>
    assert.equal(await area.has.call(shape, 3), false)
    assert.equal(shape.area(3), 9)
    assert.equal(await area.has.call(shape, 3), true)
    assert.equal(await area.has.call(new Shape(4), 3), false)
    assert.equal(await area.peek.call(shape, 3), 9)
    assert.equal((await area.why.call(shape, 3)).hit, true)
    assert.notEqual(await area.keyOf.call(shape, 3), await area.keyOf.call(new Shape(4), 3))
    assert.equal(await area.refresh.call(shape, 3), 9)
    assert.equal((await area.history.call(shape, 3)).length, 2)
    assert.equal(await area.forget.call(shape, 3), true)
    assert.equal(await area.has.call(shape, 3), false)
    assert.equal(await shape.later(), 3)
    assert.equal(await later.peek.call(shape), 3)
  })
})

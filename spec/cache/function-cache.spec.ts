import assert from 'node:assert/strict'
import { decorate } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'
import { seenEvents } from '../support/seen-events.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('a call without a key', () => {
  ownCache()
  const warnings = seenWarnings()
  const seen = seenEvents()

  it('is evaluated each time, with one warning that names the place', async () => {
    let runs = 0
    const fn = decorate(function unkeyable(_: unknown) {
      return ++runs
    })
    const argument = { socket: new WeakMap() }
    assert.deepEqual([fn(argument), fn(argument)], [1, 2])
    assert.equal(warnings().length, 1)
    assert.equal(warnings()[0]?.code, 'ERR_CACHE_UNKEYABLE')
    assert.match(warnings()[0]!.message, /args\[0\]\.socket/)
    assert.deepEqual(
      seen.of('miss').map(({ because, key }) => [because, key]),
      [
        ['unkeyable', undefined],
        ['unkeyable', undefined],
      ],
    )
    assert.equal((await fn.stats()).misses.unkeyable, 2)
  })

  it('stays async where the function is', async () => {
    const fn = decorate(async function unkeyableLater(_: unknown) {
      return 1
    })
    assert.equal(await fn(new WeakMap()), 1)
  })

  it('is an error with strict', async () => {
    const strict = true
    assert.throws(() => decorate(function fn(_: unknown) {}, { strict })(new WeakMap()), {
      code: 'ERR_CACHE_UNKEYABLE',
    })
    await assert.rejects(decorate(async function fn(_: unknown) {}, { strict })(new WeakMap()), {
      code: 'ERR_CACHE_UNKEYABLE',
    })
  })

  it('is a miss where it may not be evaluated', () => {
    const fn = decorate(function fn(_: unknown) {}, { access: 'r' })
    assert.throws(() => fn(new WeakMap()), {
      code: 'ERR_CACHE_MISS',
      details: { because: 'unkeyable', access: 'r' },
    })
  })

  it('is no matter where the cache is bypassed', () => {
    assert.equal(
      decorate(
        function fn(_: unknown) {
          return 1
        },
        { access: 'e' },
      )(new WeakMap()),
      1,
    )
    assert.deepEqual(warnings(), [])
  })
})

describe('share', () => {
  ownCache()

  it("'copy' gives a fresh value at each call, 'frozen' one for all where it can be frozen whole", () => {
    const make = (share: 'copy' | 'frozen') => decorate(() => ({ list: [1] }), { name: share, share })
    const [copied, shared] = [make('copy'), make('frozen')]
    assert.notEqual(copied(), copied())
    assert.equal(Object.isFrozen(copied()), false)
    assert.equal(shared(), shared())
    assert.ok(Object.isFrozen(shared().list))
    const dated = decorate(() => ({ at: new Date(0) }), { name: 'dated', share: 'frozen' })
    assert.notEqual(dated(), dated())
    dated().at.setTime(5)
    assert.equal(dated().at.getTime(), 0)
  })

  it("'frozen' gives a new value after a new result", async () => {
    let runs = 0
    const fn = decorate(() => ({ run: ++runs }), { name: 'fn', share: 'frozen' })
    const first = fn()
    await fn.refresh()
    assert.deepEqual([first, fn()], [{ run: 1 }, { run: 2 }])
  })
})

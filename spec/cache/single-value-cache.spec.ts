import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { type Access, close, NoCache, openStore, SingleValueCache, withCache } from 'cachedict'
import { isOfEntries } from '../../lib/entries/entry-key.ts'
import { edit } from '../support/code-variants.ts'
import { ownCache } from '../support/own-cache.ts'

describe('SingleValueCache', () => {
  const folder = ownCache()

  it('keeps one value in a file of the function’s name', async () => {
    let runs = 0
    const fn = SingleValueCache.decorate(function heavy(n: number) {
      runs += 1
      return { n }
    })
    assert.deepEqual([fn(1), fn(1), runs], [{ n: 1 }, { n: 1 }, 1])
    assert.ok(readdirSync(folder()).some(name => name.startsWith('heavy.cache')))
    await close()
    assert.deepEqual([fn(1), runs], [{ n: 1 }, 1])
  })

  it('takes other arguments for a miss that replaces the value', async () => {
    let runs = 0
    const fn = SingleValueCache.decorate(function heavy(n: number) {
      runs += 1
      return n
    })
    assert.deepEqual([fn(1), fn(2), fn(2), fn(1)], [1, 2, 2, 1])
    assert.equal(runs, 3)
    const keys = [...(await (await openStore('heavy.cache')).entries())].map(([key]) => key)
    assert.equal(keys.filter(isOfEntries).length, 1)
  })

  it('can be told that arguments do not matter', () => {
    let runs = 0
    const fn = SingleValueCache.decorate(
      function heavy(_n: number) {
        return ++runs
      },
      { ignore: ['_n'] },
    )
    assert.deepEqual([fn(1), fn(2)], [1, 1])
  })

  it('takes a file of another function for a miss, and one of other code too', () => {
    const one = SingleValueCache.decorate(
      function one() {
        return 1
      },
      { path: 'shared' },
    )
    const two = SingleValueCache.decorate(
      function two() {
        return 2
      },
      { path: 'shared' },
    )
    assert.deepEqual([one(), two(), one()], [1, 2, 1])
    const keyed = { path: 'keyed', outerKey: 'k' }
    const three = SingleValueCache.decorate(function three() {
      return 3
    }, keyed)
    const four = SingleValueCache.decorate(function four() {
      return 4
    }, keyed)
    assert.deepEqual([three(), four()], [3, 4])
    const [a, b] = [edit('work', 'a'), edit('work', 'b')]
    for (const fn of [a, b, a]) SingleValueCache.decorate(fn)(1)
    assert.deepEqual([a.runs, b.runs], [2, 1])
  })

  it('as an instance, has a path and access of its own', async () => {
    const single = new SingleValueCache('deep/er.bin', 'rew', { ttl: '1h' })
    assert.equal(await single.get(), NoCache)
    const fn = single.decorate(async function load() {
      return undefined
    })
    const given = fn()
    assert.ok(given instanceof Promise)
    assert.equal(await given, undefined)
    await close()
    assert.equal(await fn.with({ access: 'r' })(), undefined)
    assert.equal(await single.get(), undefined)
    assert.deepEqual(readdirSync(folder('deep')).filter(name => name.startsWith('er.bin')).length > 0, true)
  })

  it('get: gives the kept value, whatever the call and the code', async () => {
    SingleValueCache.decorate(function heavy(n: number) {
      return { n }
    })(7)
    assert.deepEqual(await new SingleValueCache('heavy.cache').get(), { n: 7 })
    assert.equal(await new SingleValueCache('nothing.cache').get(), NoCache)
  })

  it('get: needs a path, or a function first', async () => {
    const single = new SingleValueCache()
    await assert.rejects(single.get(), { name: 'TypeError', message: /no file yet/ })
    const fn = single.decorate(function late() {
      return 5
    })
    fn()
    assert.equal(await single.get(), 5)
  })

  it('get: is NoCache for a damaged file and for a kept error', async () => {
    const fn = SingleValueCache.decorate(
      function failing() {
        throw new Error('no')
      },
      { errors: true },
    )
    assert.throws(fn)
    assert.equal(await new SingleValueCache('failing.cache').get(), NoCache)
    SingleValueCache.decorate(function heavy() {
      return 5
    })()
    const store = await openStore('heavy.cache')
    const [key, frame] = [...(await store.entries())][0]!
    frame[frame.length - 1]! ^= 1
    await store.write({ reads: [], durable: false, plan: () => [{ key, bytes: frame }] })
    assert.equal(await new SingleValueCache('heavy.cache').get(), NoCache)
  })

  it('follows the access table', () => {
    let runs = 0
    const at = (access: Access) =>
      new SingleValueCache('d', access).decorate(
        (
          () => () =>
            ++runs
        )(),
      )
    const named = (access: Access) => new SingleValueCache('d', access, { name: 'fn' }).decorate(() => ++runs)
    assert.throws(() => at('rew'), { name: 'TypeError', message: /name/ })
    for (const access of ['r', 'rw', 'w'] as const) assert.throws(named(access), { code: 'ERR_CACHE_MISS' })
    assert.deepEqual(readdirSync(folder()), [])
    assert.deepEqual([named('re')(), named('re')()], [1, 2])
    assert.deepEqual([named('e')(), named('e')()], [3, 4])
    assert.deepEqual(readdirSync(folder()), [])
    assert.deepEqual([named('rew')(), named('rew')(), named('r')()], [5, 5, 5])
    assert.deepEqual([named('ew')(), named('ew')(), named('r')()], [6, 7, 7])
    assert.throws(() => named('x' as Access), TypeError)
  })

  it('makes a safe file name of any function name', () => {
    const fn = Object.defineProperty(() => 1, 'name', { value: '../../a b:c' })
    assert.equal(SingleValueCache.decorate(fn)(), 1)
    assert.deepEqual(readdirSync(folder()).filter(name => name.includes('a_b_c')).length > 0, true)
  })

  it('refuses functions without a name, and what is no function', () => {
    assert.throws(
      () =>
        SingleValueCache.decorate(
          (
            () => () =>
              1
          )(),
        ),
      { name: 'TypeError', message: /name: "load"/ },
    )
    for (const wrong of [null, 5, {}] as unknown[])
      assert.throws(() => SingleValueCache.decorate(wrong as () => void), TypeError)
    assert.throws(
      () =>
        SingleValueCache.decorate(function* g() {
          yield 1
        }),
      { name: 'TypeError', message: /generator/ },
    )
  })

  it('shows its value as a dictionary where it has a key', async () => {
    SingleValueCache.decorate(
      function fn() {
        return 1
      },
      { path: 'd', outerKey: 'k' },
    )()
    assert.deepEqual(await withCache('d', 'r', dict => [...dict]), [['k', 1]])
  })
})

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { type CacheDefaults, type CachePath, createCache, MemoryStore, withCache } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'

describe('createCache', () => {
  const folder = ownCache()

  it('gives functions that share defaults, which a call overrides', () => {
    const cache = createCache({ path: 'mine', access: 're' })
    let runs = 0
    const fn = cache.decorate(function fn() {
      return ++runs
    })
    assert.deepEqual([fn(), fn()], [1, 2])
    assert.deepEqual(readdirSync(folder()), [])
    const kept = cache.decorate(() => ++runs, { name: 'kept', access: 'rew' })
    assert.deepEqual([kept(), kept()], [3, 3])
    assert.ok(readdirSync(folder()).some(name => name.startsWith('mine')))
  })

  it('takes decorate in every form', () => {
    const cache = createCache({ version: 1 })
    let runs = 0
    class Tool {
      @cache.decorate
      plain() {
        return ++runs
      }
      @cache.decorate({ access: 'rew' })
      told() {
        return ++runs
      }
    }
    const tool = new Tool()
    const fn = cache.decorate({ name: 'fn' })(() => ++runs)
    assert.deepEqual([tool.plain(), tool.plain(), tool.told(), tool.told(), fn(), fn()], [1, 1, 2, 2, 3, 3])
  })

  it('opens dictionaries with its access, codec and onError', async () => {
    const cache = createCache({ access: 'rw', onError: 'discard' })
    await cache.withCache('d', dict => {
      dict.set('a', 1)
      assert.throws(() => dict.evaluate('b', () => 1), { code: 'ERR_CACHE_MISS' })
    })
    await assert.rejects(
      cache.withCache('d', dict => {
        dict.set('c', 1)
        throw new Error('mine')
      }),
      /mine/,
    )
    await assert.rejects(
      cache.withCache(
        'd',
        'rew',
        dict => {
          dict.set('e', 1)
          throw new Error('mine')
        },
        { onError: 'keep' },
      ),
      /mine/,
    )
    assert.deepEqual(await withCache('d', 'r', dict => [...dict.keys()]), ['a', 'e'])
    await using dict = await cache.open('d')
    assert.throws(() => dict.evaluate('b', () => 1), { code: 'ERR_CACHE_MISS' })
  })

  it('opens dictionaries at its own path where it is given none', async () => {
    const cache = createCache({ path: 'mine' })
    const none = undefined as unknown as CachePath
    await cache.withCache(none, dict => dict.set('a', 1))
    assert.equal(await withCache('mine', dict => dict.get('a')), 1)
    await using dict = await cache.open(none)
    assert.equal(dict.get('a'), 1)
  })

  it('keeps single values in files of their own, and never over the entries at its path', async () => {
    const cache = createCache({ path: 'mine', ttl: '1h' })
    const fn = cache.decorate(function fn() {
      return 1
    })
    fn()
    const single = cache.singleValue().decorate(function only(n: number) {
      return n
    })
    assert.deepEqual([single(1), single(2)], [1, 2])
    assert.equal(await fn.has(), true)
    assert.ok(readdirSync(folder()).some(name => name.startsWith('only.cache')))
    assert.ok((await single.history(2))[0]?.expiresAtMs)
    assert.equal(
      cache.singleValue('named').decorate(function named(n: number) {
        return n
      })(3),
      3,
    )
  })

  it('with: is the same with some defaults replaced', async () => {
    const cache = createCache({ path: 'mine', outerKey: 'k', onError: 'discard' })
    assert.equal(cache.decorate((n: number) => n)(1), 1)
    const other = cache.with({ innerKey: 'args[0]' })
    assert.equal(other.decorate((n: number) => n)(2), 2)
    assert.equal(cache.decorate((n: number) => n)(3), 1)
    await assert.rejects(
      other.withCache('d', dict => {
        dict.set('a', 1)
        throw new Error('mine')
      }),
      /mine/,
    )
    assert.equal(await withCache('d', dict => dict.size), 0)
  })

  it('close: closes its store, which the next use opens again', async () => {
    const cache = createCache({ path: 'mine' })
    let runs = 0
    const fn = cache.decorate(function fn() {
      return ++runs
    })
    fn()
    await cache.close()
    await cache.close()
    assert.equal(fn(), 1)
    const store = new MemoryStore()
    const inMemory = createCache({ path: store }).decorate(() => ++runs, { name: 'inMemory' })
    assert.deepEqual([inMemory(), inMemory()], [2, 2])
  })

  it('refuses defaults that make no sense, at once', () => {
    for (const defaults of [
      { ttl: 'soon' },
      { onError: 'drop' },
      { nothing: 1 },
      { innerKey: 'args', outerKey: 1 },
    ]) {
      assert.throws(() => createCache(defaults as CacheDefaults), TypeError, JSON.stringify(defaults))
    }
    assert.throws(() => createCache({ access: 'x' as 'r' }), TypeError)
  })
})

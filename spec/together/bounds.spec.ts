import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import {
  type CachePath,
  close,
  createCache,
  decorate,
  type EvictionPolicy,
  MemoryStore,
  openStore,
  SingleValueCache,
  withCache,
} from 'cachedict'
import { decoratorOf } from '../../lib/cache/decorate.ts'
import { decodeEntry } from '../../lib/entries/entry.ts'
import { isOfEntries } from '../../lib/entries/entry-key.ts'
import { noteUse } from '../../lib/entries/eviction/uses.ts'
import { LmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts'
import { diskBytes } from '../support/disk-bytes.ts'
import { ownCache } from '../support/own-cache.ts'
import { RankedStore } from '../support/ranked-store.ts'
import { seenEvents } from '../support/seen-events.ts'
import { newSeed, randomOf, rounds } from '../support/soak.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('A bounded store', () => {
  const folder = ownCache()
  const seen = seenEvents()
  const warnings = seenWarnings()
  const MB = 1_000_000

  /** What lies on the disk under a name, journals and all. */
  const sizeOf = (path: string): number =>
    readdirSync(dirname(path))
      .filter(name => name.startsWith(basename(path)))
      .map(name => statSync(`${dirname(path)}/${name}`, { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0)
  const sizeOfMap = (map: ReadonlyMap<string, Uint8Array>): number =>
    [...map].reduce((sum, [key, bytes]) => sum + key.length + bytes.byteLength, 0)
  const busy = (ms: number): void => {
    const endMs = performance.now() + ms
    while (performance.now() < endMs);
  }
  /** Stores that no path leads to. */
  const opened: LmdbStore[] = []
  afterEach(() => {
    for (const store of opened.splice(0)) store.close()
  })
  const makers: Readonly<Record<string, () => { path: CachePath; size: () => number }>> = {
    'in memory': () => {
      const map = new Map<string, Uint8Array>()
      return { path: map, size: () => sizeOfMap(map) }
    },
    'in a file': () => ({ path: folder('f'), size: () => sizeOf(folder('f')) }),
    'in LMDB': () => {
      const store = new LmdbStore(folder('l'))
      opened.push(store)
      return { path: store, size: () => diskBytes(folder('l')) }
    },
    'that keeps ranks': () => {
      const map = new Map<string, Uint8Array>()
      return { path: new RankedStore(map), size: () => sizeOfMap(map) }
    },
  }
  for (const [where, make] of Object.entries(makers)) {
    describe(where, () => {
      it('stays within the bound whatever is put there, and keeps what was costly', async () => {
        for (const _ of rounds(1)) {
          const seed = newSeed()
          const random = randomOf(seed)
          const { path, size } = make()
          // Free pages of a database weigh more in a small one.
          const max = where === 'in LMDB' ? 5 * MB : MB
          const costly = decorate(
            function costly(n: number) {
              busy(20)
              return n
            },
            { path },
          )
          const put = decorate((n: number, bytes: number) => Buffer.alloc(bytes, n), {
            name: 'put',
            path,
            maxSize: max,
          })
          for (let n = 0; n < 10; n += 1) costly(n)
          let most = 0
          for (let n = 0, total = 0; total < 12 * MB || total < 3 * max; n += 1) {
            const bytes = Math.floor(200 * 500 ** random())
            total += bytes
            put(n, bytes)
            if (n % 10 === 0 || bytes > 50_000) most = Math.max(most, size())
          }
          assert.ok(most <= 1.25 * max && most > 0.8 * max, `${most} with seed ${seed}`)
          const there = await Promise.all(Array.from({ length: 10 }, (_, n) => costly.has(n)))
          assert.deepEqual(there, new Array(10).fill(true), `seed ${seed}`)
          await close()
        }
      })

      it('stays within it in a burst of large async results', async () => {
        const { path, size } = make()
        let most = 0
        const load = decorate(
          async function load(n: number) {
            return Buffer.alloc(150_000, n)
          },
          { path, maxSize: '1 MB' },
        )
        const all = Array.from({ length: 60 }, async (_, n) => {
          const value = await load(n)
          most = Math.max(most, size())
          assert.equal(value[9], n)
        })
        await Promise.all(all)
        assert.ok(most <= 1.25 * MB && most > 0.3 * MB, `${most}`)
      })

      it('says of what was dropped that and when, until it is there again', async () => {
        const { path } = make()
        const fn = decorate((n: number) => n, { name: 'fn', path, maxEntries: 4 })
        const beforeMs = Date.now()
        for (let n = 0; n < 8; n += 1) fn(n)
        const all = await Promise.all(Array.from({ length: 8 }, (_, n) => fn.why(n)))
        const evicted = all.flatMap(({ because }, n) => (because === 'evicted' ? [n] : []))
        assert.ok(evicted.length >= 4)
        assert.ok(all.every(({ hit, because }) => hit || because === 'evicted'))
        const [gone] = evicted
        const { details, text } = await fn.why(gone!)
        assert.ok(details.evictedAtMs! >= beforeMs && details.evictedAtMs! <= Date.now())
        assert.match(text, /misses in .*removed to make room\. That was on 2/)
        const events = seen.of('evicted')
        assert.equal(events.length, evicted.length)
        assert.ok(events.every(({ name, sizeBytes }) => name === 'fn' && sizeBytes > 0))
        const keys = await Promise.all(evicted.map(n => fn.keyOf(n)))
        assert.deepEqual(events.map(({ key }) => key).sort(), keys.sort())
        seen.forget()
        fn(gone!)
        assert.deepEqual(
          seen.of('miss').map(({ because }) => because),
          ['evicted'],
        )
        await fn.forget(gone!)
        assert.equal((await fn.why(gone!)).because, 'absent')
        assert.equal((await fn.why(99)).because, 'absent')
      })
    })
  }

  it('drops what costs least for its size, and with lru what was not used for longest', async () => {
    const costs = [40, 1, 20, 5, 30, 10]
    const policy: EvictionPolicy = { id: 'by cost', rank: ({ costMs }) => costMs }
    for (const store of [new MemoryStore(), new RankedStore()]) {
      const work = decorate(
        (n: number) => {
          busy(costs[n] ?? 50)
          return n
        },
        { name: 'work', path: store, maxEntries: 6, evict: policy },
      )
      for (let n = 0; n < 7; n += 1) work(n)
      assert.deepEqual([await work.has(0), await work.has(6), await work.has(1)], [true, true, false])
    }
    for (const store of [new MemoryStore(), new RankedStore()]) {
      const realNow = Date.now
      let nowMs = realNow()
      Date.now = () => nowMs
      try {
        const work = decorate((n: number) => n, { name: 'work', path: store, maxEntries: 6, evict: 'lru' })
        for (let n = 0; n < 6; n += 1) {
          nowMs += 10_000
          work(n)
        }
        nowMs += 10_000
        for (const [key] of store.entries('c')) {
          const entry = decodeEntry(store.get(key)!, key)!
          if (key === [...store.entries('c')][0]![0]) noteUse(store, key, entry)
        }
        work(6)
        assert.deepEqual([await work.has(0), await work.has(6), await work.has(1)], [true, true, false])
      } finally {
        Date.now = realNow
      }
    }
  })

  it('never drops what a block set, and shows none of its notes anywhere', async () => {
    const map = new Map<string, Uint8Array>()
    await withCache(map, dict => {
      for (let n = 0; n < 20; n += 1) dict.set(`set ${n}`, n)
    })
    const fn = decorate((n: number) => n, { name: 'fn', path: map, maxEntries: 4, innerKey: 'n' })
    for (let n = 0; n < 30; n += 1) fn(n)
    await withCache(map, 'r', dict => {
      const keys = [...dict.keys()]
      assert.equal(keys.filter(key => typeof key === 'string').length, 20)
      assert.ok(keys.length <= 24)
    })
    let listed = 0
    for await (const _ of fn.entries()) listed += 1
    assert.ok(listed >= 1 && listed <= 4)
    assert.ok([...map.keys()].some(key => key.startsWith('x')))
    const one = new SingleValueCache(map)
    const last = one.decorate(function last(n: number) {
      return `last ${n}`
    })
    last(1)
    assert.equal(await one.get(), 'last 1')
    assert.equal([...map.keys()].filter(isOfEntries).length, 1)
  })

  it('gives a result back that is larger than the bound, and says once why it is not kept', async () => {
    const path = new MemoryStore()
    const load = decorate(
      async function load(bytes: number) {
        return Buffer.alloc(bytes)
      },
      { path, maxSize: '100 KB' },
    )
    assert.equal((await load(200_000)).length, 200_000)
    assert.equal((await load(300_000)).length, 300_000)
    assert.equal(await load.has(200_000), false)
    assert.equal(warnings().length, 1)
    assert.match(
      warnings()[0]!.message,
      /^The result of load\(200000\) is not kept: The value takes 20\d KB, and all of memory may take 100 KB\. Give a larger maxSize\.$/,
    )
    assert.equal(seen.of('degraded').length, 2)
    await assert.rejects(load.with({ strict: true })(200_000), { code: 'ERR_CACHE_FULL' })
    await load(200)
    assert.equal(await load.has(200), true)
  })

  it('lets a block have what is too large for the store, for its own length', async () => {
    const path = new MemoryStore()
    decorate(() => 1, { name: 'bounding', path, maxSize: '100 KB' })()
    await withCache(path, dict => {
      assert.equal(dict.evaluate('large', () => 'x'.repeat(200_000)).length, 200_000)
      assert.equal(dict.get('large')?.length, 200_000)
      assert.equal(
        dict.evaluate('small', () => 'y'),
        'y',
      )
    })
    await withCache(path, 'r', dict => assert.deepEqual([...dict.keys()], ['small']))
  })

  it('has one bound in a process, whoever says it', async () => {
    const first = decorate(() => 1, { name: 'first', path: 'd', maxSize: '1 MB' })
    const silent = decorate(() => 2, { name: 'silent', path: 'd' })
    const other = decorate(() => 3, { name: 'other', path: 'd', maxSize: '2 MB' })
    const later = decorate(async () => 4, { name: 'later', path: 'd', maxEntries: 5, evict: 'lru' })
    assert.deepEqual([first(), silent(), await later()], [1, 2, 4])
    const message = new RegExp(`^${folder('d')} has maxSize 1 MB already, and 2 MB was asked for`)
    for (const _ of [1, 2]) assert.throws(() => other(), { name: 'TypeError', message })
    await assert.rejects(later.with({ evict: 'cost' })(), /TypeError: .*evict 'lru' already, and 'cost'/)
    const cache = createCache({ path: 'd', maxEntries: 6 })
    assert.throws(
      cache.decorate(() => 5, { name: 'five' }),
      /maxEntries 5 already, and 6/,
    )
    await close()
    assert.equal(other(), 3)
  })

  it('gets the bounds of its place where nobody says any, and not at another path', async () => {
    const place = { path: 'usual', alone: false, bounds: { maxSize: '1 MB', evict: 'cost' } } as const
    const load = (bytes: number) => Buffer.alloc(bytes)
    const usual = decoratorOf({ name: 'load' }, place)(load)
    usual(2 * MB)
    assert.equal(await usual.has(2 * MB), false)
    const larger = decoratorOf({ name: 'larger', maxSize: '5 MB' }, place)(load)
    larger(2 * MB)
    assert.equal(await larger.has(2 * MB), true)
    const elsewhere = decoratorOf({ name: 'load', path: 'elsewhere' }, place)(load)
    elsewhere(2 * MB)
    assert.equal(await elsewhere.has(2 * MB), true)
    assert.ok(await openStore('elsewhere'))
  })

  it('refuses bounds that make no sense when the function is decorated', () => {
    const bad: readonly object[] = [
      { maxSize: 'much' },
      { maxSize: 0 },
      { maxEntries: 0 },
      { maxEntries: 1.5 },
      { maxEntries: '5' },
      { evict: 'fifo' },
      { evict: { id: 'mine' } },
    ]
    for (const options of bad) assert.throws(() => decorate(() => 1, { name: 'n', ...options }), TypeError)
  })
})

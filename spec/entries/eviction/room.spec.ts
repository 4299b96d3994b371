import assert from 'node:assert/strict'
import { MemoryStore, openStore } from 'cachedict'
import { type Entry, encodeEntry } from '../../../lib/entries/entry.ts'
import { type Bounds, sayBounds } from '../../../lib/entries/eviction/bounds.ts'
import { type Room, roomOf } from '../../../lib/entries/eviction/room.ts'
import type { Store } from '../../../lib/stores/store.ts'
import { entryOf } from '../../support/entries.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { ownCache } from '../../support/own-cache.ts'
import { RankedStore } from '../../support/ranked-store.ts'
import { seenEvents } from '../../support/seen-events.ts'
import { seenWarnings } from '../../support/warnings.ts'

describe('Room', () => {
  ownCache()
  const seen = seenEvents()
  seenWarnings()
  const clock = fakeClock()
  const bounded = <S extends Store>(store: S, said: Bounds): { store: S; room: Room } => {
    sayBounds(store, { said, usual: {} })
    return { store, room: roomOf(store)! }
  }
  const ranked = (said: Bounds) => bounded(new RankedStore(), said)
  const sized = (bytes: number, more: Partial<Entry> = {}) =>
    entryOf(1, { value: new Uint8Array(bytes), ...more })
  const requestOf = (store: Store, storeKey: string, entry: Entry) => {
    const bytes = encodeEntry(entry, storeKey)
    const rank = entry.codeVersion === '' || store.ranks === undefined ? {} : { rank: entry.costMs }
    return { reads: [], plan: () => [{ key: storeKey, bytes, ...rank }], durable: true }
  }
  const keep = (store: Store, storeKey: string, entry: Entry) =>
    roomOf(store)!.keep({ storeKey, entry, sync: true }, () =>
      store.writeSync!(requestOf(store, storeKey, entry)),
    )
  const keepLater = async (store: Store, storeKey: string, entry: Entry) =>
    roomOf(store)!.keep({ storeKey, entry, sync: false }, () =>
      store.write(requestOf(store, storeKey, entry)),
    )
  const turn = () => new Promise(resolve => setImmediate(resolve))

  it('is there for a store that is bounded, one for all', () => {
    const store = new MemoryStore()
    assert.equal(roomOf(store), undefined)
    const { room } = bounded(store, { maxEntries: 1 })
    assert.equal(roomOf(store), room)
  })

  it('makes room before a write that would pass the bound, and only then', () => {
    const { store } = ranked({ maxBytes: 100_000 })
    for (let n = 0; n < 9; n += 1) keep(store, `d#${n}`, sized(10_000, { costMs: n + 1 }))
    assert.equal(store.passes, 0)
    keep(store, 'd#large', sized(40_000))
    assert.equal(store.passes, 1)
    assert.ok(store.bytes <= 100_000)
    assert.ok(store.get('d#8') !== undefined && store.get('d#0') === undefined)
    const byEntries = ranked({ maxEntries: 3 }).store
    for (let n = 0; n < 9; n += 1) keep(byEntries, `d#${n}`, sized(10))
    assert.equal(byEntries.standings.size <= 3, true)
  })

  it('refuses what is larger than the bound, and touches nothing', () => {
    const { store } = ranked({ maxBytes: 100_000 })
    keep(store, 'd#1', sized(90_000))
    assert.throws(() => keep(store, 'd#2', sized(100_000)), {
      code: 'ERR_CACHE_FULL',
      message: /^The value takes 101 KB, and all of memory may take 100 KB/,
    })
    assert.ok(store.get('d#1'))
    assert.throws(
      () => keep(store, 'd#2', sized(50, { args: new Uint8Array(100_000) })),
      /ERR_CACHE_FULL|takes/,
    )
  })

  it('says so where what blocks set leaves no room, and asks again after a second', () => {
    const { store } = ranked({ maxBytes: 100_000 })
    store.writeSync(requestOf(store, 'd#set', sized(80_000, { codeVersion: '' })))
    keep(store, 'd#1', sized(1_000))
    assert.throws(() => keep(store, 'd#2', sized(30_000)), {
      code: 'ERR_CACHE_FULL',
      message: /30\.5 KB, and memory holds 80\.\d KB of 100 KB that cannot be dropped/,
    })
    assert.equal(store.passes, 1)
    assert.throws(() => keep(store, 'd#2', sized(30_000)), { code: 'ERR_CACHE_FULL' })
    assert.equal(store.passes, 1)
    keep(store, 'd#3', sized(1_000))
    clock.advance(1_001)
    store.writeSync({ reads: [], plan: () => [{ key: 'd#set', bytes: undefined }], durable: false })
    keep(store, 'd#2', sized(30_000))
    assert.ok(store.get('d#2') && store.get('d#set') === undefined)
  })

  it('makes room after a write that came near the bound, when the caller has gone on', async () => {
    const { store } = ranked({ maxBytes: 100_000 })
    for (let n = 0; n < 9; n += 1) await keepLater(store, `d#${n}`, sized(10_000))
    await keepLater(store, 'd#9', sized(5_000))
    assert.equal(store.passes, 0)
    await turn()
    assert.equal(store.passes, 1)
    assert.ok(store.bytes <= 90_000)
    await turn()
    assert.equal(store.passes, 1)
    await keepLater(store, 'd#10', sized(12_000))
    await turn()
    assert.equal(store.passes, 2)
  })

  it('leaves a store alone that was closed meanwhile, and says where room could not be made', async () => {
    for (const [close, degraded] of [
      [(store: RankedStore) => store.close(), 0],
      [(store: RankedStore) => Object.assign(store.ranks, { makeRoom: () => assert.fail('disk') }), 1],
    ] as const) {
      const { store } = ranked({ maxBytes: 100_000 })
      for (let n = 0; n < 9; n += 1) await keepLater(store, `d#${n}`, sized(10_000))
      await keepLater(store, 'd#9', sized(5_000))
      close(store)
      await turn()
      assert.equal(seen.of('degraded').length, degraded)
    }
  })

  it('does not pass the bound in a burst of large writes that are on their way together', async () => {
    const { store } = ranked({ maxBytes: 1_000_000 })
    let open: () => void = () => {}
    store.gate = new Promise(resolve => {
      open = resolve
    })
    let most = 0
    const all = Array.from({ length: 60 }, async (_, n) => {
      await keepLater(store, `d#${n}`, sized(n % 10 === 9 ? 600_000 : 70_000, { costMs: n }))
      most = Math.max(most, store.bytes)
    })
    await turn()
    assert.equal(store.bytes, 0)
    open()
    await Promise.all(all)
    assert.ok(most <= 1_000_000, `${most}`)
    assert.ok(store.bytes > 300_000)
  })

  it('refuses a large synchronous write beside a large one that is on its way', async () => {
    const { store } = ranked({ maxBytes: 1_000_000 })
    let open: () => void = () => {}
    store.gate = new Promise(resolve => {
      open = resolve
    })
    const large = keepLater(store, 'd#1', sized(900_000))
    await turn()
    assert.throws(() => keep(store, 'd#2', sized(500_000)), { code: 'ERR_CACHE_FULL' })
    open()
    await large
    assert.ok(store.bytes < 1_000_000)
  })

  it('lets nothing be taken for being on its way that could not be written', async () => {
    const { room } = ranked({ maxBytes: 100_000 })
    const disk = () => Promise.reject(new Error('disk'))
    for (let n = 0; n < 30; n += 1)
      await assert.rejects(
        async () => room.keep({ storeKey: 'd#1', entry: sized(10_000), sync: false }, disk),
        /disk/,
      )
  })

  it('bounds a store in memory and one in a file, whose other writers it sees', async () => {
    for (const store of [new MemoryStore(), await openStore('f')] as readonly Store[]) {
      bounded(store, { maxEntries: 20 })
      for (let n = 0; n < 30; n += 1) {
        keep(store, `d#${n}`, sized(10, { costMs: n }))
        // Another process.
        if (store.path !== undefined) store.writeSync!(requestOf(store, `d#other${n}`, sized(10)))
      }
      const entries = [...(await store.entries('d'))].length
      assert.ok(entries <= 24, `${entries}`)
    }
  })
})

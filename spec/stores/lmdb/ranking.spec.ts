import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { entryKey, ordered, ROW } from '../../../lib/stores/lmdb/database-key.ts'
import { Database } from '../../../lib/stores/lmdb/engine.ts'
import { LARGE_BYTES } from '../../../lib/stores/lmdb/large-values.ts'
import { LmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts'
import { type Change, writeOf } from '../../../lib/stores/store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const durable = { durable: true } as const

describe('Ranking', () => {
  const at = temporaryFolder()
  let store: LmdbStore
  beforeEach(() => {
    store = new LmdbStore(at('x.lmdb'))
  })
  afterEach(() => store.close())
  const put = (...changes: Change[]) => store.writeSync(writeOf(changes, durable))
  const ranked = (key: string, rank: number, more: Partial<Change> = {}): Change => ({
    key,
    bytes: Buffer.from(key),
    rank,
    ...more,
  })
  const keys = () => [...store.entries()].map(([key]) => key)
  const makeRoom = (entries: number, nowMs = 0, bytes = Number.POSITIVE_INFINITY) => {
    const dropped: string[] = []
    const dropping = (key: string): Change[] => {
      dropped.push(key)
      return key.startsWith('note') ? [] : [{ key: `gone ${key}`, bytes: Buffer.of(1) }]
    }
    store.ranks.makeRoom({ bytes, entries, nowMs, dropping })
    return dropped
  }

  it('ends, and forgets them, where damage left ranks without entries', () => {
    put(ranked('a', 2), ranked('b', 3))
    store.close()
    const db = new Database(at('x.lmdb/data.mdb'), { readOnly: false })
    db.transact(() => {
      db.put(ordered(ROW.rank, 1, entryKey('gone')), Buffer.alloc(0))
      db.put(ordered(ROW.expiry, 1, entryKey('gone, too')), Buffer.alloc(0))
    })
    db.close()
    store = new LmdbStore(at('x.lmdb'))
    assert.deepEqual(makeRoom(1, 5), ['a'])
    assert.deepEqual(keys().sort(), ['b', 'gone a'])
  })

  it('counts entries with a rank, and what everything takes', () => {
    put(ranked('a', 1), ranked('b', 2), { key: 'c', bytes: Buffer.of(1) })
    assert.equal(store.ranks.usage().entries, 2)
    const before = store.ranks.usage().bytes
    put({ ...ranked('d', 3), tail: Buffer.alloc(LARGE_BYTES + 1) })
    const { bytes, entries } = store.ranks.usage()
    assert.equal(entries, 3)
    assert.ok(bytes - before >= LARGE_BYTES + 4096)
    put({ key: 'a', bytes: Buffer.of(1) }, ranked('b', 7), { key: 'd', bytes: undefined })
    assert.equal(store.ranks.usage().entries, 1)
    assert.ok(store.ranks.usage().bytes <= before + 4096)
  })

  it('drops what has expired, then the lowest, and writes what it is told besides', () => {
    put(ranked('a', 1), ranked('b', -2), ranked('c', 3), ranked('d', 9, { expiresAtMs: 50 }), {
      key: 'e',
      bytes: Buffer.of(1),
    })
    assert.deepEqual(makeRoom(2, 100), ['d', 'b'])
    assert.deepEqual(keys(), ['a', 'c', 'e', 'gone d', 'gone b'])
    assert.equal(store.ranks.floor, 0)
    assert.deepEqual(makeRoom(0), ['a', 'c'])
    assert.equal(store.ranks.floor, 3)
    assert.deepEqual(store.ranks.usage().entries, 0)
    assert.deepEqual(makeRoom(0), [])
  })

  it('goes by the last touch, also after it was closed', () => {
    put(ranked('a', 1), ranked('b', 2))
    store.ranks.touch('a', 3, 77)
    store.ranks.touch('nothing', 3, 77)
    store.close()
    store = new LmdbStore(at('x.lmdb'))
    assert.deepEqual([...store.entries('a')][0]?.[2], { usedAtMs: 77 })
    assert.deepEqual(makeRoom(1), ['b'])
    put(ranked('c', 2))
    store.ranks.touch('c', 9, 78)
    put(ranked('c', 1))
    assert.deepEqual([...store.entries('c')][0]?.[2], { usedAtMs: undefined })
    assert.deepEqual(makeRoom(1), ['c'])
  })

  it('ranks everything anew for another policy, once', () => {
    put(ranked('a', 1), ranked('b', 2), ranked('c', 3), { key: 'd', bytes: Buffer.of(1) })
    store.ranks.touch('a', 4, 77)
    put(ranked('e', 5))
    const seen: unknown[] = []
    const rank = (bytes: Uint8Array, facts: object, key: string) => {
      seen.push([key, bytes.length, facts])
      return key === 'd' ? undefined : key === 'b' ? 100 : -key.charCodeAt(0)
    }
    for (let times = 0; times < 2; times += 1) store.ranks.rankBy('other', rank)
    assert.equal(seen.length, 5)
    assert.deepEqual(seen[0], ['a', 1, { usedAtMs: 77 }])
    assert.deepEqual(makeRoom(1), ['e', 'c', 'a'])
  })

  it('keeps the folder within a quarter more than a bound, whatever the sizes and their order', function () {
    this.timeout(60_000)
    const BOUND = 8e6
    let seed = 7
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
      return seed / 0x7fffffff
    }
    let most = 0
    for (let total = 0, rank = 0; total < 80e6; ) {
      const isLargePhase = Math.floor(total / 20e6) % 2 === 1
      const changes = Array.from({ length: 10 }, (): Change => {
        const size = Math.floor(200 * Math.exp(random() * Math.log((isLargePhase ? 1e6 : 40e3) / 200)))
        total += size
        rank += 1
        return {
          key: `k${Math.floor(random() * 1e6)}`,
          bytes: Buffer.alloc(8),
          tail: Buffer.alloc(size, 1),
          rank,
        }
      })
      put(...changes)
      if (store.ranks.usage().bytes <= BOUND * 0.95) continue
      store.ranks.makeRoom({ bytes: BOUND * 0.9, entries: 1e9, nowMs: 0, dropping: () => [] })
      most = Math.max(most, sizeOf(at('x.lmdb')))
    }
    assert.ok(most < BOUND * 1.25, `${most / BOUND}`)
    assert.ok(most > BOUND * 0.5)
  })
})

function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const sizes = entries.map(entry => statSync(join(entry.parentPath, entry.name)).blocks * 512)
  return sizes.reduce((sum, size) => sum + size, 0)
}

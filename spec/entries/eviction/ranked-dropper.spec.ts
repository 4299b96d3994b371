import assert from 'node:assert/strict'
import { encodeEntry } from '../../../lib/entries/entry.ts'
import { sayBounds } from '../../../lib/entries/eviction/bounds.ts'
import { LRU } from '../../../lib/entries/eviction/lru.ts'
import { noteKeyOf, noteOf, readNote } from '../../../lib/entries/eviction/note.ts'
import { RankedDropper } from '../../../lib/entries/eviction/ranked-dropper.ts'
import { sealText } from '../../../lib/entries/manifest/sealed-text.ts'
import type { Change } from '../../../lib/stores/store.ts'
import { entryOf } from '../../support/entries.ts'
import { RankedStore } from '../../support/ranked-store.ts'
import { seenEvents } from '../../support/seen-events.ts'

describe('RankedDropper', () => {
  const seen = seenEvents()
  const NOTHING = { bytes: 0, entries: 0 }
  const put = (key: string, rank: number | undefined, more = {}): Change => ({
    key,
    bytes: encodeEntry(entryOf(1, more), key),
    ...(rank === undefined ? {} : { rank }),
  })
  const storeWith = (changes: readonly Change[], bounds: Parameters<typeof sayBounds>[1]['said']) => {
    const store = new RankedStore()
    sayBounds(store, { said: bounds, usual: {} })
    store.writeSync({ reads: [], plan: () => changes, durable: false })
    return { store, dropper: new RankedDropper(store, store.ranks) }
  }
  const keysOf = (store: RankedStore, prefix: string) => [...store.entries(prefix)].map(([key]) => key)

  it('drops the lowest to nine tenths of the bounds, notes each and tells of it', () => {
    const changes = Array.from({ length: 20 }, (_, n) => put(`d#${n}`, 100 - n))
    const { store, dropper } = storeWith([...changes, put('d#set', undefined)], { maxEntries: 20 })
    dropper.makeRoom(NOTHING)
    assert.deepEqual(
      keysOf(store, 'd'),
      [...Array.from({ length: 18 }, (_, n) => `d#${n}`), 'd#set'],
      'the two with the lowest rank are gone, and what a block set is not',
    )
    for (const key of ['d#18', 'd#19']) assert.ok(readNote(store.get(noteKeyOf(key)), key)! > 0)
    assert.equal(seen.of('evicted').length, 2)
  })

  it('lets the oldest manifests go before results, without a word', () => {
    const manifests = Array.from({ length: 4 }, (_, n) => {
      const key = `m:area:${n}`
      return { key, bytes: sealText('', 10 - n, key) }
    })
    const maxBytes = 16 * 2 * manifests[0]!.bytes.byteLength
    const { store, dropper } = storeWith([put('d#1', 1), ...manifests], { maxBytes })
    dropper.makeRoom(NOTHING)
    assert.deepEqual(keysOf(store, 'm'), ['m:area:0', 'm:area:1'])
    assert.deepEqual([keysOf(store, 'd'), keysOf(store, 'x'), seen.of('evicted')], [['d#1'], [], []])
    const { store: other, dropper: byCount } = storeWith(manifests, { maxEntries: 1 })
    byCount.makeRoom(NOTHING)
    assert.equal(keysOf(other, 'm').length, 4)
  })

  it('makes room for what is needed', () => {
    const changes = Array.from({ length: 20 }, (_, n) => put(`d#${n}`, n))
    const { store, dropper } = storeWith(changes, { maxEntries: 20 })
    dropper.makeRoom({ bytes: 0, entries: 15 })
    assert.equal(store.standings.size, 5)
    const bytes = store.bytes
    const { store: other, dropper: byBytes } = storeWith(changes, { maxBytes: bytes })
    byBytes.makeRoom(NOTHING)
    assert.ok(other.bytes <= 0.9 * bytes && other.standings.size > 0)
  })

  it('drops expired ones first, then earlier versions, and with a head its earlier versions', () => {
    const older = 'ad#old\none..\nrs'
    const changes = [
      put('d#1', 1),
      { ...put('d#late', 99), expiresAtMs: 5 },
      put(older, -1),
      put('d#old', 0.5, { older: [older] }),
    ]
    const order: string[][] = []
    for (const maxEntries of [4, 3, 2]) {
      const { store, dropper } = storeWith(changes, { maxEntries })
      dropper.makeRoom(NOTHING)
      order.push([...store.standings.keys()])
    }
    assert.deepEqual(order, [['d#1', older, 'd#old'], ['d#1', 'd#old'], ['d#1']])
    const upside = changes.map(change => (change.key === older ? { ...change, rank: 50 } : change))
    const { store, dropper } = storeWith(upside, { maxEntries: 3 })
    dropper.makeRoom(NOTHING)
    assert.deepEqual([...store.standings.keys()], ['d#1'])
  })

  it('has everything ranked anew by its own policy, once, before it drops anything', () => {
    const older = 'ad#0\none..\nrs'
    const changes = Array.from({ length: 10 }, (_, n) => put(`d#${n}`, n, { createdAtMs: 100 - n }))
    const set = put('d#set', undefined, { codeVersion: '' })
    const { store, dropper } = storeWith([...changes, put(older, 9), { ...set, rank: 1 }], {
      maxEntries: 20,
      policy: LRU,
    })
    store.ranks.touch('d#9', 1, 5_000)
    dropper.makeRoom(NOTHING)
    dropper.makeRoom(NOTHING)
    assert.deepEqual(store.rankings, ['lru'])
    assert.equal(store.standings.get('d#3')!.rank, 97)
    assert.equal(store.standings.get('d#9')!.rank, 5_000)
    assert.ok(store.standings.get(older)!.rank < 0)
    assert.equal(store.standings.has('d#set'), false)
  })

  it('keeps the notes of a small store few, the newest', () => {
    const notes = Array.from({ length: 40 }, (_, n) => noteOf(`d#${n}`, n))
    const { store, dropper } = storeWith(notes, { maxBytes: 10_000 })
    dropper.makeRoom(NOTHING)
    const left = keysOf(store, 'x')
    assert.equal(left.length, 16)
    assert.ok(left.includes(noteKeyOf('d#39')) && !left.includes(noteKeyOf('d#3')))
  })
})

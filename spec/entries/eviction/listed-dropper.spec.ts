import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { encode, MemoryStore, openStore } from 'cachedict'
import fc from 'fast-check'
import { type Entry, encodeEntry } from '../../../lib/entries/entry.ts'
import { type Bounds, sayBounds } from '../../../lib/entries/eviction/bounds.ts'
import { ListedDropper } from '../../../lib/entries/eviction/listed-dropper.ts'
import { LRU } from '../../../lib/entries/eviction/lru.ts'
import { noteKeyOf, noteOf, readNote } from '../../../lib/entries/eviction/note.ts'
import { noteUse } from '../../../lib/entries/eviction/uses.ts'
import { sealText } from '../../../lib/entries/manifest/sealed-text.ts'
import type { Change, Store, WriteRequest } from '../../../lib/stores/store.ts'
import { entryOf } from '../../support/entries.ts'
import { ownCache } from '../../support/own-cache.ts'
import { seenEvents } from '../../support/seen-events.ts'

describe('ListedDropper', () => {
  const folder = ownCache()
  const seen = seenEvents()
  const NOTHING = { bytes: 0, entries: 0 }
  const put = (key: string, more = {}): Change => ({ key, bytes: encodeEntry(entryOf(1, more), key) })
  const fill = <S extends Store>(store: S, changes: readonly Change[], said: Bounds) => {
    sayBounds(store, { said, usual: {} })
    store.writeSync!({ reads: [], plan: () => changes, durable: false })
    return { store, dropper: new ListedDropper(store) }
  }
  const inMemory = (changes: readonly Change[], said: Bounds) => fill(new MemoryStore(), changes, said)
  const keysOf = (store: MemoryStore, prefix = 'd') => [...store.entries(prefix)].map(([key]) => key)
  const ten = Array.from({ length: 10 }, (_, n) => put(`d#${n}`, { costMs: 100 - n }))

  it('knows nothing until it has looked', async () => {
    const { dropper } = inMemory(ten, { maxEntries: 10 })
    assert.deepEqual(dropper.usage(), { bytes: Number.POSITIVE_INFINITY, entries: Number.POSITIVE_INFINITY })
    await dropper.makeRoom(NOTHING)
    assert.equal(dropper.usage().entries, 10)
    assert.ok(dropper.usage().bytes > 10 * 100)
  })

  it('drops nothing where all is within the bounds, else the lowest to three quarters', async () => {
    const { store, dropper } = inMemory([...ten, put('d#set', { codeVersion: '' })], { maxEntries: 10 })
    await dropper.makeRoom(NOTHING)
    assert.equal(keysOf(store).length, 11)
    await dropper.makeRoom({ bytes: 0, entries: 1 })
    assert.deepEqual(keysOf(store), ['d#0', 'd#1', 'd#2', 'd#3', 'd#4', 'd#5', 'd#6', 'd#set'])
    assert.equal(dropper.usage().entries, 7)
    for (const key of ['d#7', 'd#9']) assert.ok(readNote(store.get(noteKeyOf(key)), key)! > 0)
    assert.deepEqual(
      seen.of('evicted').map(({ name, sizeBytes }) => [name, sizeBytes]),
      Array.from({ length: 3 }, () => ['area', encode(1).byteLength]),
    )
  })

  it('lets the oldest manifests go before results, without a word', async () => {
    const manifests = Array.from({ length: 4 }, (_, n) => {
      const key = `m:area:${n}`
      return { key, bytes: sealText('', 10 - n, key) }
    })
    const maxBytes = 16 * 2 * manifests[0]!.bytes.byteLength
    const { store, dropper } = inMemory([put('d#1'), ...manifests], { maxBytes })
    await dropper.makeRoom(NOTHING)
    assert.deepEqual(keysOf(store, 'm'), ['m:area:0', 'm:area:1'])
    assert.deepEqual([keysOf(store), keysOf(store, 'x'), seen.of('evicted')], [['d#1'], [], []])
    assert.equal(dropper.usage().entries, 1)
    const bytes = dropper.usage().bytes
    await dropper.makeRoom(NOTHING)
    assert.equal(dropper.usage().bytes, bytes)
  })

  it('drops expired and damaged ones first, then earlier versions, and with a head its earlier versions', async () => {
    const older = 'ad#old\none..\nrs'
    const changes = [
      put('d#1', { costMs: 1 }),
      put('d#late', { expiresAtMs: 5, costMs: 99 }),
      { key: 'c:area:damaged', bytes: new Uint8Array(40) },
      { key: 'd#damaged', bytes: new Uint8Array(40) },
      put(older, { costMs: 1_000 }),
      put('d#old', { older: [older], costMs: 0.5 }),
    ]
    const left: string[][] = []
    for (const entries of [0, 1, 2, 3]) {
      const { store, dropper } = inMemory(changes, { maxEntries: 4 })
      await dropper.makeRoom({ bytes: 0, entries: 0 })
      await dropper.makeRoom({ bytes: 0, entries })
      left.push(keysOf(store, '').filter(key => !key.startsWith('x')))
    }
    assert.deepEqual(left, [
      ['d#1', 'd#damaged', older, 'd#old'],
      ['d#1', 'd#damaged', older, 'd#old'],
      ['d#1', 'd#damaged', 'd#old'],
      ['d#1', 'd#damaged'],
    ])
  })

  it('takes the earlier versions of a head along', async () => {
    const older = 'ad#old\none..\nrs'
    const expired = put('d#old', { older: [older], expiresAtMs: 5 })
    const changes = [put('d#1'), put('d#2'), put(older), expired]
    const { store, dropper } = inMemory(changes, { maxEntries: 4 })
    await dropper.makeRoom({ bytes: 0, entries: 1 })
    const left = keysOf(store, '').filter(key => !key.startsWith('x'))
    assert.deepEqual(left, ['d#1', 'd#2'])
    assert.equal(dropper.usage().entries, 2)
  })

  it('drops nothing that cost more for its size than anything that stays', async () => {
    const results = fc.array(fc.record({ costMs: fc.nat(10_000), bytes: fc.nat(5_000) }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(results, fc.integer({ min: 1, max: 100_000 }), async (list, maxBytes) => {
        const entries = list.map(({ costMs, bytes }) => entryOf(1, { costMs, value: new Uint8Array(bytes) }))
        const changes = entries.map((entry, n) => ({ key: `d#${n}`, bytes: encodeEntry(entry, `d#${n}`) }))
        const { store, dropper } = inMemory(changes, { maxBytes })
        await dropper.makeRoom(NOTHING)
        const worth = ({ costMs, value }: Entry) => costMs / (value.byteLength + 256)
        const kept = entries.filter((_, n) => store.get(`d#${n}`) !== undefined)
        const gone = entries.filter(entry => !kept.includes(entry))
        assert.ok(Math.max(0, ...gone.map(worth)) <= Math.min(Number.POSITIVE_INFINITY, ...kept.map(worth)))
        assert.ok(dropper.usage().bytes <= maxBytes || kept.length === 0)
      }),
    )
  })

  it('goes by the uses of this process too, and raises the floor', async () => {
    const { store, dropper } = inMemory(ten, { maxEntries: 10, policy: LRU })
    noteUse(store, 'd#0', entryOf(1))
    await dropper.makeRoom({ bytes: 0, entries: 9 })
    assert.deepEqual(keysOf(store), ['d#0'])
    const costly = inMemory(ten, { maxEntries: 10 })
    await costly.dropper.makeRoom({ bytes: 0, entries: 5 })
    costly.dropper.noteKept('d#new', entryOf(1, { costMs: 0.001 }), 100)
    await costly.dropper.makeRoom({ bytes: 0, entries: 9 })
    assert.equal(keysOf(costly.store).length, 1)
  })

  it('counts what this process keeps, and looks again where others may have written', async () => {
    const { dropper } = inMemory([], { maxEntries: 10, maxBytes: 10_000 })
    await dropper.makeRoom(NOTHING)
    for (let n = 0; n < 5; n += 1) dropper.noteKept(`d#${n}`, entryOf(n), 100)
    assert.deepEqual(dropper.usage(), { bytes: 500, entries: 5 })
    const file = fill(await openStore('f'), ten, { maxEntries: 100 })
    await file.dropper.makeRoom(NOTHING)
    for (let n = 0; n < 10; n += 1) file.dropper.noteKept(`d#${n}`, entryOf(n), 100)
    assert.equal(file.dropper.usage().entries, 20)
    file.dropper.noteKept('d#11', entryOf(1), 100)
    assert.equal(file.dropper.usage().entries, Number.POSITIVE_INFINITY)
  })

  it('goes by the size of the files, and folds what was deleted', async () => {
    const large = Array.from({ length: 10 }, (_, n) => put(`d#${n}`, { value: new Uint8Array(10_000) }))
    const { store, dropper } = fill(await openStore('f'), large, { maxBytes: 150_000 })
    for (let n = 0; n < 5; n += 1)
      store.writeSync!({ reads: [], plan: () => large.slice(0, 1), durable: false })
    const sizeOf = (name: string) => statSync(folder(name), { throwIfNoEntry: false })?.size ?? 0
    assert.equal(dropper.usage().bytes, sizeOf('f') + sizeOf('f.journal'))
    assert.ok(dropper.usage().bytes > 150_000)
    await dropper.makeRoom(NOTHING)
    assert.equal(sizeOf('f.journal'), 0)
    assert.equal([...(await store.entries('d'))].length, 10)
    await dropper.makeRoom({ bytes: 100_000, entries: 1 })
    assert.ok(sizeOf('f') <= 50_000)
    assert.ok([...(await store.entries('d'))].length >= 3)
  })

  it('works over a store that answers later, and one that asks its plan twice', async () => {
    const memory = new MemoryStore()
    memory.writeSync({ reads: [], plan: () => ten, durable: false })
    const later: Store = {
      traits: { ...memory.traits, sync: false },
      get: async key => memory.get(key),
      entries: async prefix => memory.entries(prefix),
      write: async (request: WriteRequest) => {
        request.plan(new Map(), () => memory.entries())
        await memory.write(request)
      },
      close: async () => memory.close(),
    }
    sayBounds(later, { said: { maxEntries: 5 }, usual: {} })
    await new ListedDropper(later).makeRoom(NOTHING)
    assert.equal(keysOf(memory).length, 3)
    assert.equal(seen.of('evicted').length, 7)
  })

  it('keeps the notes of a small store few, the newest', async () => {
    const notes = Array.from({ length: 40 }, (_, n) => noteOf(`d#${n + 50}`, n))
    const { store, dropper } = inMemory([...notes, ...ten], { maxBytes: 10_000, maxEntries: 5 })
    await dropper.makeRoom(NOTHING)
    const left = keysOf(store, 'x')
    assert.equal(left.length, 16)
    assert.ok(left.includes(noteKeyOf('d#9')) && !left.includes(noteKeyOf('d#53')))
  })
})

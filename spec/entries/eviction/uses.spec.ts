import assert from 'node:assert/strict'
import { MemoryStore } from 'cachedict'
import { sayBounds } from '../../../lib/entries/eviction/bounds.ts'
import { LRU } from '../../../lib/entries/eviction/lru.ts'
import { noteUse, Uses, usesOf } from '../../../lib/entries/eviction/uses.ts'
import { entryOf } from '../../support/entries.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { RankedStore } from '../../support/ranked-store.ts'

describe('noteUse', () => {
  const clock = fakeClock()
  const entry = entryOf(1, { costMs: 10, value: new Uint8Array(768) })

  const rankedWith = (policy = LRU): RankedStore => {
    const store = new RankedStore()
    sayBounds(store, { said: { policy }, usual: {} })
    store.writeSync({
      reads: [],
      plan: () => [{ key: 'd#1', bytes: new Uint8Array(1), rank: 3 }],
      durable: false,
    })
    return store
  }

  it('raises the entry in a store that keeps ranks', () => {
    const store = rankedWith()
    noteUse(store, 'd#1', entry)
    assert.equal(store.standings.get('d#1')!.rank, Date.now())
    assert.equal(store.standings.get('d#1')!.usedAtMs, Date.now())
  })

  it('does nothing for the same key within a second, whichever way the clock goes', () => {
    const store = rankedWith()
    const atMs = Date.now()
    noteUse(store, 'd#1', entry)
    clock.advance(999)
    noteUse(store, 'd#1', entry)
    assert.equal(store.standings.get('d#1')!.rank, atMs)
    clock.advance(1)
    noteUse(store, 'd#1', entry)
    assert.equal(store.standings.get('d#1')!.rank, atMs + 1_000)
    clock.advance(-5_000)
    noteUse(store, 'd#1', entry)
    assert.equal(store.standings.get('d#1')!.rank, atMs - 4_000)
  })

  it('leaves alone what a block set, which has no rank', () => {
    const store = rankedWith()
    noteUse(store, 'd#1', entryOf(1, { codeVersion: '' }))
    assert.equal(store.standings.get('d#1')!.rank, 3)
  })

  it('remembers nothing of a store that nobody bounds and that keeps no ranks', () => {
    const store = new MemoryStore()
    noteUse(store, 'd#1', entry)
    assert.equal(usesOf(store).get('d#1'), undefined)
    noteUse(store, 'd#1', entry)
    assert.deepEqual(usesOf(store).get('d#1'), { usedAtMs: Date.now(), rank: 10 })
  })
})

describe('Uses', () => {
  const entry = entryOf(1, { costMs: 10, value: new Uint8Array(768) })

  it('ranks on the floor, which only rises', () => {
    const uses = new Uses(new MemoryStore())
    uses.raiseFloor(7)
    uses.raiseFloor(3)
    uses.note('d#1', entry, 5_000)
    assert.equal(uses.get('d#1')!.rank, 17)
  })

  it('forgets what was ranked by another policy', () => {
    const store = new MemoryStore()
    const uses = new Uses(store)
    uses.note('d#1', entry, 5_000)
    sayBounds(store, { said: { policy: LRU }, usual: {} })
    assert.equal(uses.get('d#1'), undefined)
    uses.note('d#2', entry, 5_000)
    assert.equal(uses.get('d#1'), undefined)
    assert.equal(uses.get('d#2')!.rank, 5_000)
  })

  it('remembers 100,000 keys, those that were used last', () => {
    const uses = new Uses(new MemoryStore())
    for (let n = 0; n < 50_000; n += 1) uses.note(`d#${n}`, entry, 5_000)
    uses.note('d#0', entry, 7_000)
    for (let n = 50_000; n < 100_000; n += 1) uses.note(`d#${n}`, entry, 7_000)
    uses.note('d#new', entry, 7_000)
    assert.equal(uses.get('d#1'), undefined)
    assert.ok(uses.get('d#0') && uses.get('d#2') && uses.get('d#new'))
  })
})

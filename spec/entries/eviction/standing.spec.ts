import assert from 'node:assert/strict'
import { MemoryStore } from 'cachedict'
import { sayBounds } from '../../../lib/entries/eviction/bounds.ts'
import { LRU } from '../../../lib/entries/eviction/lru.ts'
import { standingIn } from '../../../lib/entries/eviction/standing.ts'
import { entryOf } from '../../support/entries.ts'
import { RankedStore } from '../../support/ranked-store.ts'

describe('standingIn', () => {
  it('says nothing to a store without ranks', () => {
    assert.deepEqual(standingIn(new MemoryStore())(entryOf(1), 768, true), {})
  })

  it('ranks by cost where the store is not bounded: another process may bound it', () => {
    const stands = standingIn(new RankedStore())
    assert.deepEqual(stands(entryOf(1, { costMs: 10 }), 768, true), { rank: 10 })
    assert.deepEqual(stands(entryOf(1, { costMs: 10, expiresAtMs: 9 }), 768, true), {
      rank: 10,
      expiresAtMs: 9,
    })
    assert.ok(stands(entryOf(1), 768, false).rank! < 0)
    assert.deepEqual(stands(entryOf(1, { codeVersion: '', expiresAtMs: 9 }), 768, true), {})
  })

  it('ranks on the floor of the store', () => {
    const store = new RankedStore()
    const changes = [{ key: 'd#1', bytes: new Uint8Array(1), rank: 7 }]
    store.writeSync({ reads: [], plan: () => changes, durable: false })
    store.ranks.makeRoom({ bytes: 0, entries: 0, nowMs: 0, dropping: () => [] })
    assert.deepEqual(standingIn(store)(entryOf(1, { costMs: 10 }), 768, true), { rank: 17 })
  })

  it('ranks by the policy of the store', () => {
    const store = new RankedStore()
    sayBounds(store, { said: { policy: LRU }, usual: {} })
    assert.deepEqual(standingIn(store)(entryOf(1, { createdAtMs: 77 }), 768, true), { rank: 77 })
  })
})

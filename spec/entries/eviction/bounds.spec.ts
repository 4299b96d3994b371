import assert from 'node:assert/strict'
import { MemoryStore } from 'cachedict'
import { type Bounds, boundsOf, sayBounds } from '../../../lib/entries/eviction/bounds.ts'
import { COST } from '../../../lib/entries/eviction/cost.ts'
import { LRU } from '../../../lib/entries/eviction/lru.ts'

describe('The bounds of a store', () => {
  const say = (store: MemoryStore, said: Bounds, usual: Bounds = {}) => sayBounds(store, { said, usual })

  it('are none where nobody says any', () => {
    const store = new MemoryStore()
    assert.deepEqual(boundsOf(store), {})
    say(store, {})
    assert.equal(boundsOf(store).maxBytes, undefined)
  })

  it('are what anybody in this process says; who says nothing takes nothing back', () => {
    const store = new MemoryStore()
    say(store, { maxBytes: 5 })
    say(store, {})
    say(store, { maxBytes: 5, policy: LRU })
    say(store, { maxEntries: 7 })
    assert.deepEqual({ ...boundsOf(store) }, { maxBytes: 5, maxEntries: 7, policy: LRU })
    assert.equal(boundsOf(new MemoryStore()).maxBytes, undefined)
  })

  it('are not said twice differently: a TypeError names both and the store, and nothing changes', () => {
    const store = Object.assign(new MemoryStore(), { path: '/a/b.cache' })
    say(store, { maxBytes: 5e6, maxEntries: 7, policy: LRU })
    assert.throws(() => say(store, { maxBytes: 6e6 }), {
      name: 'TypeError',
      message: /^\/a\/b\.cache has maxSize 5 MB already, and 6 MB was asked for/,
    })
    assert.throws(() => say(store, { maxEntries: 8 }), /TypeError: .*maxEntries 7 already, and 8/)
    assert.throws(() => say(store, { policy: COST }), /TypeError: .*evict 'lru' already, and 'cost'/)
    assert.deepEqual({ ...boundsOf(store) }, { maxBytes: 5e6, maxEntries: 7, policy: LRU })
  })

  it('are the usual ones until somebody says others, before or after', () => {
    const usual = { maxBytes: 10, policy: COST }
    const early = new MemoryStore()
    say(early, { maxBytes: 5 })
    say(early, {}, usual)
    const late = new MemoryStore()
    say(late, {}, usual)
    assert.equal(boundsOf(late).maxBytes, 10)
    say(late, { maxBytes: 5 })
    for (const store of [early, late])
      assert.deepEqual({ ...boundsOf(store) }, { maxBytes: 5, maxEntries: undefined, policy: COST })
    assert.throws(() => say(late, { maxBytes: 10 }, usual), TypeError)
  })
})

import assert from 'node:assert/strict'
import { LRU } from '../../../lib/entries/eviction/lru.ts'

describe('LRU', () => {
  it('ranks by the last use alone', () => {
    assert.equal(LRU.rank({ costMs: 10, sizeBytes: 768, createdAtMs: 1_000, lastUsedMs: 7_000 }, 9), 7_000)
  })
})

import assert from 'node:assert/strict'
import { COST } from '../../../lib/entries/eviction/cost.ts'

const worth = { costMs: 10, sizeBytes: 768, createdAtMs: 1_000, lastUsedMs: 1_000 }

describe('COST', () => {
  it('ranks by milliseconds for each KiB', () => {
    assert.equal(COST.rank(worth, 0), 10)
    assert.equal(COST.rank({ ...worth, costMs: 20 }, 0), 20)
    assert.equal(COST.rank({ ...worth, sizeBytes: 768 + 1_024 }, 0), 5)
  })

  it('does not take an entry of no bytes for one of infinite worth', () => {
    assert.equal(COST.rank({ ...worth, sizeBytes: 0 }, 0), 40)
  })

  it('ages what is not used any more: what is ranked later stands on the floor of then', () => {
    const old = COST.rank({ ...worth, costMs: 30 }, 0)
    const fresh = COST.rank({ ...worth, costMs: 1 }, 29.5)
    assert.ok(fresh > old)
  })
})

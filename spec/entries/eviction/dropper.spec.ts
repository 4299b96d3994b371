import assert from 'node:assert/strict'
import { lowWater } from '../../../lib/entries/eviction/dropper.ts'

describe('lowWater', () => {
  it('lies well below the bound, and what is needed fits below the bound', () => {
    assert.equal(lowWater(100, 0.9, 5), 90)
    assert.equal(lowWater(100, 0.9, 30), 70)
    assert.equal(lowWater(100, 0.9, 130), 0)
    assert.equal(lowWater(1, 0.9, 1), 0)
    assert.equal(lowWater(Number.POSITIVE_INFINITY, 0.9, 5), Number.POSITIVE_INFINITY)
  })
})

import assert from 'node:assert/strict'
import { COST } from '../../../lib/entries/eviction/cost.ts'
import { LRU } from '../../../lib/entries/eviction/lru.ts'
import { policyOf } from '../../../lib/entries/eviction/named-policy.ts'

describe('policyOf', () => {
  it('knows the policies of this package by name, and takes one of the user as it is', () => {
    assert.equal(policyOf('cost', 'evict'), COST)
    assert.equal(policyOf('lru', 'evict'), LRU)
    assert.equal(policyOf(COST, 'evict'), COST)
    const mine = { id: 'mine', rank: () => 1 }
    assert.equal(policyOf(mine, 'evict'), mine)
  })

  it('refuses everything else with a TypeError that names the option and the value', () => {
    for (const bad of ['fifo', '', null, undefined, 1, {}, { id: 'x' }, { id: '', rank: () => 1 }, () => 1]) {
      assert.throws(() => policyOf(bad, 'evict'), {
        name: 'TypeError',
        message: /^evict is .*Give 'cost', 'lru', or a policy/s,
      })
    }
  })

  it('refuses a policy under a name of ours, by which other processes would take its ranks for ours', () => {
    assert.throws(() => policyOf({ id: 'lru', rank: () => 1 }, 'evict'), /TypeError: evict .*'lru'.*taken/)
  })
})

import assert from 'node:assert/strict'
import { COST } from '../../../lib/entries/eviction/cost.ts'
import type { EvictionPolicy, Worth } from '../../../lib/entries/eviction/policy.ts'
import { rankOf } from '../../../lib/entries/eviction/rank.ts'
import { seenWarnings } from '../../support/warnings.ts'

const head = { codeVersion: 'one...', costMs: 10, createdAtMs: 1_000 }
const place = { sizeBytes: 768, lastUsedMs: 2_000, isCurrent: true }

describe('rankOf', () => {
  const warnings = seenWarnings()

  it('asks the policy, with all that it may go by', () => {
    const asked: (Worth | number)[] = []
    const policy: EvictionPolicy = { id: 'p', rank: (worth, floor) => asked.push(worth, floor) }
    assert.equal(rankOf(policy, head, place, 5), 2)
    assert.deepEqual(asked, [{ costMs: 10, sizeBytes: 768, createdAtMs: 1_000, lastUsedMs: 2_000 }, 5])
  })

  it('gives none to what a block set', () => {
    assert.equal(rankOf(COST, { ...head, codeVersion: '' }, place, 5), undefined)
    assert.equal(rankOf(COST, { ...head, codeVersion: '' }, { ...place, isCurrent: false }, 5), undefined)
  })

  it('puts superseded versions below everything, the oldest first', () => {
    const old = { ...place, isCurrent: false }
    const now = Date.now()
    const ranks = [1_000, now, now + 1].map(createdAtMs => rankOf(COST, { ...head, createdAtMs }, old, 1e9)!)
    assert.ok(ranks[0]! < ranks[1]! && ranks[1]! < ranks[2]! && ranks[2]! < 0)
  })

  it('takes a rank that is none for 0, and says so once for each policy', () => {
    const wrong = [Number.NaN, -1, Number.POSITIVE_INFINITY, '5' as unknown as number]
    for (const [index, rank] of wrong.entries())
      assert.equal(rankOf({ id: `wrong ${index}`, rank: () => rank }, head, place, 5), 0)
    const throwing: EvictionPolicy = {
      id: 'throwing',
      rank: () => {
        throw new Error('no idea')
      },
    }
    assert.equal(rankOf(throwing, head, place, 5), 0)
    assert.equal(rankOf(throwing, head, place, 5), 0)
    assert.equal(warnings().length, 5)
    assert.match(warnings()[0]!.message, /'wrong 0'.*NaN/)
    assert.match(warnings()[4]!.message, /'throwing'.*no idea/)
  })
})

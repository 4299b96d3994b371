import assert from 'node:assert/strict'
import { StatsFold } from '../../lib/events/stats.ts'

describe('StatsFold', () => {
  it('folds events into what the calls came to', () => {
    const fold = new StatsFold()
    const before = fold.sum
    fold.add('miss', { because: 'absent' })
    fold.add('evaluated', { costMs: 20, failed: false })
    fold.add('kept', { sizeBytes: 9, overheadMs: 2 })
    fold.add('hit', { savedMs: 20, overheadMs: 1, joined: false })
    fold.add('miss', { because: 'expired' })
    const { misses, ...others } = fold.sum
    assert.deepEqual(others, { hits: 1, evaluations: 1, evaluatedMs: 20, savedMs: 20, overheadMs: 3 })
    assert.deepEqual(misses, { ...before.misses, absent: 1, expired: 1 })
  })

  it('never changes a sum that it gave', () => {
    const fold = new StatsFold()
    const before = fold.sum
    fold.add('miss', { because: 'absent' })
    assert.equal(before.misses.absent, 0)
  })

  it('counts what waiting for another evaluation saved, and not how long it was', () => {
    const fold = new StatsFold()
    fold.add('hit', { savedMs: 20, overheadMs: 19, joined: true })
    assert.deepEqual([fold.sum.savedMs, fold.sum.overheadMs], [20, 0])
  })

  it('gives what it has and begins anew, and takes it back', () => {
    const fold = new StatsFold()
    fold.add('miss', { because: 'absent' })
    const taken = fold.take()
    assert.deepEqual([taken.misses.absent, fold.sum.misses.absent], [1, 0])
    fold.add('miss', { because: 'absent' })
    fold.putBack(taken)
    assert.equal(fold.sum.misses.absent, 2)
  })

  it('passes over other events', () => {
    const fold = new StatsFold()
    fold.add('damaged', {})
    fold.add('degraded', { message: 'no room', error: undefined })
    assert.deepEqual(fold.sum, new StatsFold().sum)
  })
})

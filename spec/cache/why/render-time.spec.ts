import assert from 'node:assert/strict'
import { renderMs, renderTime } from '../../../lib/cache/why/render-time.ts'

describe('renderTime', () => {
  it('is a moment as people write it', () => {
    assert.equal(renderTime(Date.UTC(2024, 0, 2, 3, 4, 5, 678)), '2024-01-02 03:04:05')
  })

  it('does not fail on a moment that no calendar has', () => {
    for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 1e300])
      assert.equal(renderTime(ms), 'an unknown day')
  })
})

describe('renderMs', () => {
  it('takes the unit that fits', () => {
    assert.deepEqual([0.5, 5, 150, 1_500, 90_000, 7_200_000, 172_800_000].map(renderMs), [
      '0.50 ms',
      '5.0 ms',
      '150 ms',
      '1.5 s',
      '1.5 min',
      '2.0 h',
      '2.0 days',
    ])
  })
})

import assert from 'node:assert/strict'
import { durationMs } from '../../lib/base/duration.ts'

describe('durationMs', () => {
  it('takes milliseconds, and a number with a unit', () => {
    const known = {
      '250ms': 250,
      '90s': 90_000,
      '15m': 900_000,
      '2h': 7_200_000,
      '7d': 604_800_000,
      '1w': 604_800_000,
    }
    for (const [text, ms] of Object.entries(known)) assert.equal(durationMs(text, 'ttl'), ms)
    assert.equal(durationMs(' 1.5 h ', 'ttl'), 5_400_000)
    assert.equal(durationMs(0, 'ttl'), 0)
    assert.equal(durationMs(1.5, 'ttl'), 1.5)
  })

  it('refuses everything else with a TypeError that names the option and the value', () => {
    const self: Record<string, unknown> = {}
    self.self = self
    for (const bad of [
      '',
      '5',
      'h',
      '-1s',
      '1y',
      '1e3s',
      -1,
      Number.NaN,
      Infinity,
      null,
      undefined,
      {},
      5n,
      self,
    ]) {
      assert.throws(() => durationMs(bad, 'ttl'), { name: 'TypeError', message: /^ttl is .*no duration/s })
    }
    assert.throws(() => durationMs(Number.NaN, 'ttl'), /^TypeError: ttl is NaN/)
  })
})

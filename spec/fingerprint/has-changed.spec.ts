import assert from 'node:assert/strict'
import { readCode } from '../../lib/fingerprint/read-code.ts'

const model = Object.assign(() => 1, { rate: 1 })
const config = { rate: 1 }
let rate = 1

describe('A reading', () => {
  it('tells whether what was captured is another since', () => {
    const readings = [() => model.rate, () => config.rate, () => rate].map(fn =>
      readCode(fn, 'deep', 'again'),
    )
    const changed = () => readings.map(reading => reading.hasChanged())
    assert.deepEqual(changed(), [false, false, false])
    model.rate = 2
    assert.deepEqual(changed(), [true, false, false])
    config.rate = 2
    assert.deepEqual(changed(), [true, true, false])
    rate = 2
    assert.deepEqual(changed(), [true, true, true])
  })

  it('does not where it was made for one use, or where captured values do not count', () => {
    const fn = () => config.rate
    const readings = [readCode(fn, 'deep'), readCode(fn, 'own', 'again'), readCode(fn, 'off', 'again')]
    config.rate += 1
    for (const reading of readings) assert.equal(reading.hasChanged(), false)
  })
})

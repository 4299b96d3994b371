import assert from 'node:assert/strict'
import { NOTHING_READ } from '../../lib/fingerprint/code-reading.ts'
import { readCode } from '../../lib/fingerprint/read-code.ts'

describe('NOTHING_READ', () => {
  it('is what scope off reads of any function: it has no code, no values, and sees no change', () => {
    const counter = { n: 0 }
    const reading = readCode(() => counter.n, 'off')
    assert.equal(reading, NOTHING_READ)
    const changes = reading.watch()
    counter.n += 1
    assert.deepEqual([reading.code, reading.values, reading.parts(), changes()], ['', [], [], []])
    assert.equal(reading.valueWithout(0, []), '')
  })
})

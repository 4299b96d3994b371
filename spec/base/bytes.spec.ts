import assert from 'node:assert/strict'
import { align8, equalBytes } from '../../lib/base/bytes.ts'

describe('equalBytes', () => {
  it('compares content, whatever the kind of the array and its place in memory', () => {
    const view = new Uint8Array([0, 1, 2, 3]).subarray(1)
    assert.equal(equalBytes(view, Buffer.from([1, 2, 3])), true)
    assert.equal(equalBytes(view, Buffer.from([1, 2, 4])), false)
    assert.equal(equalBytes(view, Buffer.from([1, 2])), false)
    assert.equal(equalBytes(new Uint8Array(0), Buffer.alloc(0)), true)
  })
})

describe('align8', () => {
  it('gives the next multiple of 8, also beyond 32 bits', () => {
    assert.deepEqual([0, 1, 7, 8, 9].map(align8), [0, 8, 8, 8, 16])
    assert.equal(align8(2 ** 35 + 1), 2 ** 35 + 8)
  })
})

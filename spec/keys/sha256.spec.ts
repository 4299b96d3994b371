import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { sha256, sha256Hex } from '../../lib/keys/sha256.ts'

describe('sha256', () => {
  it('hashes bytes where they lie, and texts as UTF-8', () => {
    const bytes = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4)
    assert.equal(
      sha256Hex(bytes),
      createHash('sha256')
        .update(Buffer.of(1, 2, 3))
        .digest('hex'),
    )
    assert.equal(sha256Hex('é語'), createHash('sha256').update('é語').digest('hex'))
    assert.equal(sha256(bytes).toString('hex'), sha256Hex(bytes))
  })
})

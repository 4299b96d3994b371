import assert from 'node:assert/strict'
import { expiryOf } from '../../lib/entries/expiry.ts'

describe('expiryOf', () => {
  it('is the earlier of what was stored and what holds now', () => {
    assert.equal(expiryOf({ createdAtMs: 100, expiresAtMs: 150 }, 70), 150)
    assert.equal(expiryOf({ createdAtMs: 100, expiresAtMs: 150 }, 30), 130)
    assert.equal(expiryOf({ createdAtMs: 100, expiresAtMs: undefined }, 30), 130)
    assert.equal(expiryOf({ createdAtMs: 100, expiresAtMs: 150 }, undefined), 150)
  })

  it('is never, where neither bounds it', () => {
    assert.equal(expiryOf({ createdAtMs: 100, expiresAtMs: undefined }, undefined), Number.POSITIVE_INFINITY)
  })
})

import assert from 'node:assert/strict'
import { isStill, toHold } from '../../lib/fingerprint/still.ts'

describe('What was held', () => {
  it('is still the same object, or the same value', () => {
    const object = {}
    for (const value of [object, () => 1, 1, Number.NaN, -0, undefined, null, 'a']) {
      assert.equal(isStill(value, toHold(value)), true)
      assert.equal(isStill(value === 1 ? 2 : 1, toHold(value)), false)
    }
    assert.equal(isStill({}, toHold(object)), false)
    assert.equal(isStill(0, toHold(-0)), false)
  })

  it('is not undefined where it is gone', () => {
    const gone = Object.create(WeakRef.prototype, { deref: { value: () => undefined } })
    assert.equal(isStill(undefined, gone), false)
  })
})

import assert from 'node:assert/strict'
import { isObject } from '../../lib/base/is-object.ts'

describe('isObject', () => {
  it('holds for objects and functions', () => {
    assert.deepEqual([{}, [], assert.ok, null, undefined, 1, 's'].map(isObject), [
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

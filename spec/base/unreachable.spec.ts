import assert from 'node:assert/strict'
import { unreachable } from '../../lib/base/unreachable.ts'

describe('unreachable', () => {
  it('says which case it was, should it ever be reached', () => {
    assert.throws(() => unreachable('surprise' as never), /surprise/)
  })
})

import assert from 'node:assert/strict'
import { writeOf } from '../../lib/stores/store.ts'

describe('writeOf', () => {
  it('plans the same changes, whatever is there', () => {
    const changes = [{ key: 'a', bytes: undefined }]
    const request = writeOf(changes, { durable: true, settle: true })
    assert.deepEqual(request.reads, [])
    assert.equal(
      request.plan(new Map(), () => []),
      changes,
    )
    assert.equal(request.durable && request.settle, true)
  })
})

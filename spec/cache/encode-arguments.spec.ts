import assert from 'node:assert/strict'
import { decode } from 'cachedict'
import { encodeArguments } from '../../lib/cache/encode-arguments.ts'

describe('encodeArguments', () => {
  it('keeps small arguments', () => {
    const args = [1, { a: [new Date(0)] }, undefined]
    assert.deepEqual(decode(encodeArguments(args)!), args)
  })

  it('gives nothing for large ones, and for what cannot be kept', () => {
    const large = [
      'x'.repeat(20_000),
      new Uint8Array(20_000),
      Array.from({ length: 20_000 }),
      new Map([[1, 'x'.repeat(20_000)]]),
    ]
    for (const argument of [...large, () => {}, Promise.resolve(), { deep: [Symbol('s')] }]) {
      assert.equal(encodeArguments([argument]), undefined)
    }
  })

  it('ends on circles, and runs no getter', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    assert.ok(encodeArguments([circle]))
    const trap = {
      get value() {
        return assert.fail('the getter ran')
      },
    }
    assert.equal(encodeArguments([trap]), undefined)
  })
})

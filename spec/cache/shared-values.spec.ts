import assert from 'node:assert/strict'
import { decode, encode } from 'cachedict'
import { SharedValues } from '../../lib/cache/shared-values.ts'
import { canonicalBytes } from '../../lib/keys/canonical.ts'
import { knownBytes } from '../../lib/keys/known-values.ts'

describe('SharedValues', () => {
  it('gives one frozen object as long as the bytes are the same', () => {
    const values = new SharedValues()
    const first = values.open('k', encode({ a: [1] }), decode)
    assert.ok(Object.isFrozen(first))
    assert.equal(values.open('k', encode({ a: [1] }), decode), first)
    assert.deepEqual(values.open('k', encode({ a: [2] }), decode), { a: [2] })
    assert.notEqual(values.open('other', encode({ a: [1] }), decode), first)
  })

  it('lets the value be known as one that never changes', () => {
    const value = new SharedValues().open('k', encode({ a: [1] }), decode) as object
    canonicalBytes(value)
    assert.notEqual(knownBytes(value), undefined)
  })

  it('gives a fresh value where it cannot be frozen whole', () => {
    const values = new SharedValues()
    const bytes = encode({ at: new Date(0) })
    assert.notEqual(values.open('k', bytes, decode), values.open('k', bytes, decode))
    assert.equal(values.get('k'), undefined)
  })

  it('remembers no more than it may, and forgets what it is told to', () => {
    const values = new SharedValues(2)
    for (const key of ['a', 'b', 'c']) values.open(key, encode({ key }), decode)
    assert.deepEqual(
      ['a', 'b', 'c'].map(key => values.get(key) !== undefined),
      [false, true, true],
    )
    values.forget('b')
    assert.equal(values.get('b'), undefined)
    values.clear()
    assert.equal(values.get('c'), undefined)
  })
})

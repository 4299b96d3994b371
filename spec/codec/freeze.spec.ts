import assert from 'node:assert/strict'
import { freezeWhole, isFreezable } from '../../lib/codec/freeze.ts'
import { nested } from '../support/codec-values.ts'

describe('freezeWhole', () => {
  it('freezes plain objects, null-prototype ones and arrays, all the way down', () => {
    const inner = Object.assign(Object.create(null), { list: [1, { deep: {} }] })
    const value = { inner, extra: Object.assign([1], { x: {} }), holes: new Array(3), [Symbol.for('s')]: {} }
    assert.equal(freezeWhole(value), true)
    const objects = [value, inner, inner.list, inner.list[1], inner.list[1].deep, value.extra, value.holes]
    for (const object of [...objects, Reflect.get(value.extra, 'x'), value[Symbol.for('s') as never]]) {
      assert.ok(Object.isFrozen(object))
    }
  })

  it('takes primitives as they are', () => {
    for (const value of [undefined, null, 1, 1n, 'x', true, Symbol('s')])
      assert.equal(freezeWhole(value), true)
  })

  it('ends on circles, and on nesting 100,000 deep', () => {
    const circle: unknown[] = []
    circle.push({ circle })
    assert.equal(freezeWhole(circle), true)
    assert.ok(Object.isFrozen(circle[0]))
    assert.equal(freezeWhole(nested(100_000, inner => ({ inner }))), true)
  })

  const others: Record<string, unknown> = {
    'a Date': new Date(),
    'a Map': new Map(),
    'a typed array': new Uint8Array(1),
    'an instance': new (class A {})(),
    'a function': () => 1,
    'an error': new Error('e'),
    'a proxy': new Proxy({}, {}),
    'an accessor': {
      get x() {
        return assert.fail('ran a getter')
      },
    },
  }
  for (const [name, other] of Object.entries(others)) {
    it(`leaves a value with ${name} in it untouched, whole`, () => {
      const value = { before: {}, list: [1, other], after: {} }
      assert.equal(isFreezable(value), false)
      assert.equal(freezeWhole(value), false)
      for (const object of [value, value.before, value.list, value.after])
        assert.equal(Object.isFrozen(object), false)
      assert.equal(isFreezable(other), false)
    })
  }
})

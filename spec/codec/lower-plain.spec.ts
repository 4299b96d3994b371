import assert from 'node:assert/strict'
import { Attachments } from '../../lib/codec/attachments.ts'
import { EXTENSION } from '../../lib/codec/extensions.ts'
import { lowerLeaf, lowerString } from '../../lib/codec/leaf.ts'
import { lower } from '../../lib/codec/lower.ts'
import { marker } from '../../lib/codec/marker.ts'

/** What stands for `value` in a body. */
const lowered = (value: unknown) => lower(value, 'result', new Attachments())[0]

describe('lowerObject', () => {
  it('gives a record with the same keys in the same order', () => {
    const node = lowered({ z: 1, a: { b: undefined }, 1: [] })
    assert.deepEqual(node, { 1: [], z: 1, a: { b: lowerLeaf(undefined) } })
    assert.deepEqual(Object.keys(node as object), ['1', 'z', 'a'])
  })

  it('gives a marker with keys and values where MessagePack could not carry one of the keys', () => {
    const withProto = JSON.parse('{"a":1,"__proto__":2}') as object
    assert.deepEqual(lowered(withProto), [marker(EXTENSION.OBJECT), 'a', 1, '__proto__', 2])
    for (const key of ['\ud800', '\ufeffa']) {
      assert.deepEqual(lowered({ [key]: 1 }), [marker(EXTENSION.OBJECT), lowerString(key), 1])
    }
  })
})

describe('lowerNullPrototype', () => {
  it('gives a marker of its own, with any keys', () => {
    const object = Object.assign(Object.create(null) as object, { a: 1, '\ud800': [2] })
    assert.deepEqual(lowered(object), [marker(EXTENSION.NULL_PROTOTYPE), 'a', 1, lowerString('\ud800'), [2]])
  })
})

describe('lowerArray', () => {
  it('gives an array where there are elements only', () => {
    assert.deepEqual(lowered([1, [undefined, -0], 'a']), [1, [lowerLeaf(undefined), lowerLeaf(-0)], 'a'])
  })

  it('gives the length, and index and value of what is there, where there are holes', () => {
    const array: unknown[] = new Array(5)
    array[3] = 'd'
    assert.deepEqual(lowered(array), [marker(EXTENSION.ARRAY), 5, 3, 'd'])
    assert.deepEqual(lowered(new Array(2)), [marker(EXTENSION.ARRAY), 2])
  })

  it('tells an index, a number, from another property, a text', () => {
    const array = Object.assign(['a'], { '01': 1, '-1': 2, 4294967294: 3, 4294967295: 4 })
    assert.deepEqual(lowered(array), [
      marker(EXTENSION.ARRAY),
      4294967295,
      ...[0, 'a', 4294967294, 3, '01', 1, '-1', 2, '4294967295', 4],
    ])
  })
})

describe('visibleProperties', () => {
  it('refuses what a copy would lose, with its path', () => {
    const hidden = Object.defineProperty({}, 'b', { value: 1 })
    assert.throws(() => lowered({ a: hidden }), {
      message: /^Cannot keep result\.a\.b: it is not enumerable/,
    })
  })
})

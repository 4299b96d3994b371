import assert from 'node:assert/strict'
import { isPlainTree } from '../../lib/codec/tree.ts'
import { nested } from '../support/codec-values.ts'

describe('isPlainTree', () => {
  const plain: unknown[] = [
    null,
    true,
    0,
    1.5,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    'text',
    {},
    [],
    { a: [1, { b: null }], c: 'x' },
    new Array(1000).fill(1),
    nested(63, inner => [inner]),
    Object.freeze({ a: 1 }),
  ]
  for (const [index, value] of plain.entries()) {
    it(`holds for plain value ${index}`, () => assert.equal(isPlainTree(value), true))
  }

  const shared = {}
  const circle: unknown[] = []
  circle.push(circle)
  const other: Record<string, unknown> = {
    undefined: [undefined],
    '-0': { a: -0 },
    'a bigint': 1n,
    'a lone surrogate': '\ud800',
    'a lone surrogate in a key': { '\ud800': 1 },
    'a byte order mark': '\ufeffx',
    'an own __proto__': JSON.parse('{"__proto__":1}'),
    'a null prototype': Object.create(null),
    'an instance': new (class A {})(),
    'an array of a class': new (class A extends Array {})(),
    'a hole': Object.assign(new Array(2), { 0: 1 }),
    'a hole and an extra property': Object.assign(new Array(2), { 0: 1, x: 1 }),
    'a hole in a long array': Object.assign(new Array(100), { 0: 1 }),
    'an extra property': Object.assign([1], { x: 1 }),
    'an extra property of a long array': Object.assign(new Array(100).fill(1), { x: 1 }),
    'a symbol key': { [Symbol('s')]: 1 },
    'a hidden property': Object.defineProperty({}, 'x', { value: 1 }),
    'an accessor': {
      get x() {
        return assert.fail('ran a getter')
      },
    },
    'an accessor as an element': Object.defineProperty([1], 0, { get: () => assert.fail('ran a getter') }),
    'a setter alone': Object.defineProperty([1], 0, { set: () => undefined }),
    'a proxy': new Proxy({}, { ownKeys: () => assert.fail('ran a trap') }),
    'sharing of one object': [shared, shared],
    'a circle': circle,
    depth: nested(65, inner => [inner]),
    'a Date': new Date(),
    'a function': () => 1,
  }
  for (const [name, value] of Object.entries(other)) {
    it(`denies ${name}`, () => assert.equal(isPlainTree(value), false))
  }
})

import assert from 'node:assert/strict'
import { isPlainArray, isPlainObject } from '../../lib/keys/plain-arguments.ts'

const trap = () => assert.fail('was run')
const proxy = (target: object) => new Proxy(target, { getPrototypeOf: trap, getOwnPropertyDescriptor: trap })

describe('isPlainObject', () => {
  it('holds for objects without a class', () => {
    assert.ok(isPlainObject({}) && isPlainObject(Object.create(null)))
  })

  it('holds for nothing else', async () => {
    const content = Object.defineProperty({}, Symbol.for('cachedict.content'), { value: trap })
    const namespace: unknown = await import('../../lib/keys/tags.ts')
    for (const value of [null, undefined, 1, 'a', [], new Map(), proxy({}), Object.create({}), content, namespace, () => 1]) // biome-ignore format: one line
      assert.equal(isPlainObject(value), false)
  })
})

describe('isPlainArray', () => {
  it('holds for arrays that are iterated over as arrays are', () => {
    assert.ok(isPlainArray([1]) && isPlainArray(new Array(2)))
  })

  it('holds for nothing else', () => {
    const own = Object.assign([], { [Symbol.iterator]: trap })
    for (const value of [
      {},
      'a',
      new Set(),
      Uint8Array.of(1),
      proxy([]),
      own,
      new (class extends Array {})(),
    ])
      assert.equal(isPlainArray(value), false)
  })

  it('holds for none while the program iterates over arrays in its own way', () => {
    const original = Array.prototype[Symbol.iterator]
    try {
      Object.defineProperty(Array.prototype, Symbol.iterator, {
        value: trap,
        configurable: true,
        writable: true,
      })
      const isPlain = isPlainArray([])
      Object.defineProperty(Array.prototype, Symbol.iterator, { value: original })
      assert.equal(isPlain, false)
    } finally {
      Object.defineProperty(Array.prototype, Symbol.iterator, { value: original })
    }
  })
})

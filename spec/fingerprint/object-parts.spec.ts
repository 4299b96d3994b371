import assert from 'node:assert/strict'
import { LeftOut } from '../../lib/fingerprint/left-out.ts'
import { partsOf, sizeOf } from '../../lib/fingerprint/object-parts.ts'

describe('What an object holds', () => {
  const parts = (value: object) => partsOf(value, new LeftOut())

  it('is what it inherits from, and its properties with their getters and setters', () => {
    const get = () => assert.fail('was run')
    const symbol = Symbol('s')
    const object = Object.defineProperty({ a: 1, [symbol]: 2 }, 'lazy', { get, enumerable: true })
    assert.deepEqual(parts(object), [
      Object.prototype,
      ...['a', 1, undefined],
      ...['lazy', get, undefined],
      ...[symbol, 2, undefined],
    ])
  })

  it('is what lies in arrays, Maps, Sets, dates and buffers', () => {
    const own = (value: object) => parts(value).slice(1)
    // biome-ignore lint/suspicious/noSparseArray: a hole is meant
    assert.deepEqual(own([undefined, , 2]).map(String), ['undefined', 'Symbol(hole)', '2'])
    assert.deepEqual(own(new Map([['k', 1]])), ['k', 1])
    assert.deepEqual(own(new Set([1, 2])), [1, 2])
    assert.deepEqual(own(new Date(5)), [5])
    assert.deepEqual(parts(new Uint8Array([1, 2])), [1, 2])
    assert.deepEqual(parts(new Uint8Array([1, 2]).buffer), [1, 2])
  })

  it('is nothing of what is left out', () => {
    const leftOut = new LeftOut()
    const stats = { calls: 1, rate: 2 }
    leftOut.addObject(stats, 'calls')
    assert.deepEqual(partsOf(stats, leftOut), [Object.prototype, 'rate', 2, undefined])
  })

  it('has a size where that is quick to tell', () => {
    const sizes = [[1], new Map([[1, 2]]), new Set([1]), new Float64Array(2), { a: 1 }].map(sizeOf)
    assert.deepEqual(sizes, [1, 1, 1, 16, 0])
  })
})

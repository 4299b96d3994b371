import assert from 'node:assert/strict'
import { hasNamedProperties, isDense } from '../../lib/keys/array-content.ts'

describe('hasNamedProperties', () => {
  for (const length of [0, 1, 256, 257, 100_000]) {
    it(`sees a property beside ${length} elements`, () => {
      class Numbers extends Float64Array {}
      const lists = [
        new Array(length).fill(1),
        new Uint8Array(length),
        new Float64Array(length),
        Buffer.alloc(length),
        new Numbers(length),
      ]
      for (const list of lists) {
        assert.equal(hasNamedProperties(list), false)
        assert.equal(hasNamedProperties(Object.assign(list, { name: 1 })), true)
      }
    })
  }

  it('is quick for many elements', () => {
    const start = performance.now()
    for (let i = 0; i < 20; i++) hasNamedProperties(new Float64Array(10_000_000))
    assert.ok(performance.now() - start < 2000)
  })
})

describe('isDense', () => {
  it('tells a hole from undefined', () => {
    assert.equal(isDense([undefined]), true)
    assert.equal(isDense(new Array(1)), false)
    assert.equal(isDense([]), true)
    assert.equal(isDense(Object.assign([1, 2], { length: 3 })), false)
  })
})

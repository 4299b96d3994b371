import assert from 'node:assert/strict'
import { hasOnlyOwnElements, isDense, isGetter, isPlainString } from '../../lib/codec/plain.ts'

describe('isDense', () => {
  for (const length of [0, 1, 63, 64, 65, 1000]) {
    const make = () => Array.from({ length }, (_, index): unknown => (index % 2 === 0 ? index : undefined))
    it(`holds for ${length} elements alone`, () => assert.equal(isDense(make()), true))

    it(`denies ${length} elements and a property, a hidden one, a symbol, or a hole`, () => {
      assert.equal(isDense(Object.assign(make(), { extra: 1 })), false)
      assert.equal(isDense(Object.defineProperty(make(), 'hidden', { value: 1 })), false)
      assert.equal(isDense(Object.assign(make(), { [Symbol('s')]: 1 })), false)
      const withHole = make()
      withHole.length++
      assert.equal(isDense(withHole), false)
      assert.equal(isDense(Object.assign(withHole, { extra: 1 })), false)
    })
  }
})

describe('hasOnlyOwnElements', () => {
  for (const length of [0, 3, 64, 5000]) {
    it(`tells a property among ${length} elements`, () => {
      for (const make of [() => new Float64Array(length), () => Buffer.alloc(length)]) {
        assert.equal(hasOnlyOwnElements(make(), length), true)
        assert.equal(hasOnlyOwnElements(Object.assign(make(), { extra: 1 }), length), false)
        assert.equal(hasOnlyOwnElements(Object.assign(make(), { [Symbol('s')]: 1 }), length), false)
      }
    })
  }
})

describe('isPlainString', () => {
  it('denies lone surrogates and a leading byte order mark', () => {
    for (const text of ['', 'a', '漢', '👧', 'x\ufeff']) assert.equal(isPlainString(text), true)
    for (const text of ['\ud800', 'x\udc00y', '\ufeff', '\ufeffx']) assert.equal(isPlainString(text), false)
  })
})

describe('isGetter', () => {
  it('tells code from values without running it', () => {
    const object = {
      value: 1,
      get code() {
        return assert.fail('ran')
      },
    }
    assert.equal(isGetter(object, 'code'), true)
    assert.equal(isGetter(object, 'value'), false)
  })
})

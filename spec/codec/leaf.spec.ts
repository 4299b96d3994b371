import assert from 'node:assert/strict'
import fc from 'fast-check'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { lowerLeaf, lowerString, raiseLeaf } from '../../lib/codec/leaf.ts'

const leaf = (type: number, ...bytes: number[]) => new Extension(type, Uint8Array.from(bytes))
const raised = (lowered: unknown) => (lowered instanceof Extension ? raiseLeaf(lowered) : lowered)
// Any code units at all: most of these strings are not well-formed.
const anyUnits = fc.array(fc.nat(0xffff)).map(units => String.fromCharCode(...units))

describe('lowerLeaf', () => {
  it('leaves alone what MessagePack knows', () => {
    for (const value of [null, true, false, 0, 1.5, Number.NaN, '', 'text', '漢字', '\u{1f469}']) {
      assert.ok(Object.is(lowerLeaf(value), value), String(value))
    }
  })

  it('writes what MessagePack does not know as extensions, byte by byte', () => {
    assert.deepEqual(lowerLeaf(undefined), leaf(0))
    assert.deepEqual(lowerLeaf(-0), leaf(1))
    assert.deepEqual(lowerLeaf(0n), leaf(2, 0, 0))
    assert.deepEqual(lowerLeaf(255n), leaf(2, 0, 0xff))
    assert.deepEqual(lowerLeaf(-0x102n), leaf(2, 1, 1, 2))
    assert.deepEqual(lowerLeaf('a\ud800'), leaf(3, 0x61, 0, 0, 0xd8))
    assert.deepEqual(lowerLeaf('\ufeffa'), leaf(3, 0xff, 0xfe, 0x61, 0))
  })

  it('is undefined for what is no leaf', () => {
    for (const value of [{}, [], new Date(0), () => 1, Symbol('s'), Object(1)]) {
      assert.equal(lowerLeaf(value), undefined)
    }
  })
})

describe('raiseLeaf', () => {
  it('gives back every bigint, and every string, well-formed or not', () => {
    fc.assert(fc.property(fc.bigInt(), value => raised(lowerLeaf(value)) === value))
    fc.assert(fc.property(anyUnits, text => raised(lowerString(text)) === text))
    assert.ok(Object.is(raised(lowerLeaf(-0)), -0))
    assert.equal(raiseLeaf(leaf(EXTENSION.UNDEFINED)), undefined)
  })

  it('reads its bytes where they lie, in the middle of others', () => {
    const file = Uint8Array.of(9, 9, 9, 1, 1, 2, 9)
    assert.equal(raiseLeaf(new Extension(EXTENSION.BIGINT, file.subarray(3, 6))), -0x102n)
    assert.equal(raiseLeaf(new Extension(EXTENSION.UTF16, file.subarray(4, 6))), '\u0201')
  })

  const damaged: Record<string, Extension> = {
    'undefined with contents': leaf(0, 0),
    '-0 with contents': leaf(1, 0),
    'a bigint without digits': leaf(2, 0),
    'a bigint of a third sign': leaf(2, 2, 1),
    'half a code unit': leaf(3, 0x61),
    'a Date, which is no primitive': leaf(4, 0, 0, 0, 0, 0, 0, 0, 0),
    'a reference': leaf(5, 0, 0, 0, 0),
    'a number that was never given': leaf(31),
  }
  for (const [name, extension] of Object.entries(damaged)) {
    it(`refuses ${name}`, () => assert.throws(() => raiseLeaf(extension), RangeError))
  }
})

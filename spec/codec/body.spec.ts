import assert from 'node:assert/strict'
import { Encoder } from '@msgpack/msgpack'
import fc from 'fast-check'
import { isSoundBody, MAX_BODY_DEPTH } from '../../lib/codec/body.ts'
import { nested } from '../support/codec-values.ts'

const encoder = new Encoder({ maxDepth: 1000 })

describe('isSoundBody', () => {
  it('holds for whatever MessagePack encodes, and for no proper beginning and no addition of it', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }).filter(isEncodable), value => {
        const body = encoder.encode(value)
        assert.equal(isSoundBody(body, true), true)
        for (let length = 0; length < body.byteLength; length++) {
          assert.equal(isSoundBody(body.subarray(0, length), true), false)
        }
        assert.equal(isSoundBody(Buffer.concat([body, Uint8Array.of(0xc0)]), true), false)
      }),
    )
  })

  it('holds for every length of header', () => {
    for (const size of [0, 1, 15, 16, 31, 32, 255, 256, 65_535, 65_536]) {
      const entries = Array.from({ length: size }, (_, index) => [`k${index}`, index])
      const values = [
        'x'.repeat(size),
        new Array(size).fill(0),
        new Uint8Array(size),
        Object.fromEntries(entries),
      ]
      for (const value of values) assert.equal(isSoundBody(encoder.encode([value, 1]), true), true)
    }
  })

  it('admits bytes and extensions only where they belong', () => {
    assert.equal(isSoundBody(encoder.encode(new Uint8Array(1)), false), false)
    assert.equal(isSoundBody(encoder.encode(new Date()), false), false)
    assert.equal(isSoundBody(encoder.encode(new Date()), true), true)
  })

  it('denies lengths that the bytes do not bear out, however they nest', () => {
    const claims = Buffer.alloc(90_000)
    for (let at = 0; at + 3 <= claims.byteLength; at += 3) claims.set([0xdc, 0xff, 0xff], at)
    assert.equal(isSoundBody(claims, false), false)
    assert.equal(isSoundBody(Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff, 0), false), false)
    assert.equal(isSoundBody(Uint8Array.of(0x92, 0xdd, 0, 0, 0, 2, 0, 0), false), false)
  })

  it('denies what is too deep, and the head byte that MessagePack never uses', () => {
    const depth = (levels: number) => encoder.encode(nested(levels, inner => [inner]))
    assert.equal(isSoundBody(depth(MAX_BODY_DEPTH), false), true)
    assert.equal(isSoundBody(depth(MAX_BODY_DEPTH + 1), false), false)
    assert.equal(isSoundBody(Uint8Array.of(0xc1), true), false)
  })
})

function isEncodable(value: unknown): boolean {
  try {
    encoder.encode(value)
    return true
  } catch {
    return false
  }
}

import assert from 'node:assert/strict'
import { ByteWriter } from '../../lib/keys/byte-writer.ts'

describe('ByteWriter', () => {
  it('grows without losing what was written', () => {
    const writer = new ByteWriter()
    const expected: number[] = []
    for (let i = 0; i < 100_000; i++) {
      writer.uint8(i)
      expected.push(i & 0xff)
    }
    assert.deepEqual([...writer.since(0)], expected)
  })

  it('writes 32 bits with the low byte first', () => {
    const writer = new ByteWriter()
    writer.uint32(0xfedcba98)
    assert.deepEqual([...writer.since(0)], [0x98, 0xba, 0xdc, 0xfe])
  })

  it('appends more than it has room for', () => {
    const writer = new ByteWriter()
    writer.append(new Uint8Array(1_000_000).fill(7))
    assert.equal(writer.length, 1_000_000)
    assert.ok(writer.since(0).every(byte => byte === 7))
  })

  it('gives memory back when it is reset', () => {
    const writer = new ByteWriter()
    writer.append(new Uint8Array(1_000_000))
    writer.reset(2_000_000)
    assert.ok(writer.bytes.length >= 1_000_000)
    writer.reset(1000)
    assert.ok(writer.bytes.length < 100_000)
    assert.equal(writer.length, 0)
  })
})

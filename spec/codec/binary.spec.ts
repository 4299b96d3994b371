import assert from 'node:assert/strict'
import { decode, encode } from '../../lib/codec/codec.ts'

function roundTrip<T>(value: T): T {
  return decode(encode(value)) as T
}

describe('binary values', () => {
  it('keep sharing an ArrayBuffer, small and large', () => {
    for (const size of [64, 8192 * 2]) {
      const buffer = new ArrayBuffer(size)
      const [bytes, numbers] = roundTrip([
        new Uint8Array(buffer, 8, 8),
        new Float64Array(buffer, 8, 1),
      ] as const)
      numbers[0] = 1
      assert.equal(bytes[7], 0x3f)
      assert.equal(bytes.buffer, numbers.buffer)
      assert.equal(bytes.byteOffset, 8)
      const whole = roundTrip({ view: new Uint8Array(buffer, 3), buffer })
      assert.equal(whole.view.buffer, whole.buffer)
      assert.equal(whole.buffer.byteLength, size)
    }
  })

  it('keep only the bytes that a lone view shows', () => {
    const large = new Uint8Array(1_000_000).fill(1)
    assert.ok(encode(large.subarray(10, 20)).byteLength < 50)
    assert.ok(encode([large.subarray(0, 10_000)]).byteLength < 10_100)
    assert.equal(roundTrip(large.subarray(10, 20)).buffer.byteLength, 10)
  })

  it('never keep the neighbours of a pooled Buffer', () => {
    const secret = Buffer.from('the neighbour’s secret')
    const mine = [Buffer.from('mine'), Buffer.from('too')]
    assert.equal(secret.buffer, mine[0]?.buffer)
    const bytes = Buffer.from(encode(mine))
    assert.equal(bytes.includes('secret'), false)
    assert.deepEqual(roundTrip(mine), mine)
  })

  it('are views onto the encoded bytes where large and aligned, copies else', () => {
    const numbers = new Float64Array(1000).fill(0.5)
    const bytes = encode(['x', numbers])
    assert.equal((decode(bytes) as [string, Float64Array])[1].buffer, bytes.buffer)
    const odd = new Uint8Array(bytes.byteLength + 1).subarray(1)
    odd.set(bytes)
    const copy = (decode(odd) as [string, Float64Array])[1]
    assert.notEqual(copy.buffer, odd.buffer)
    assert.deepEqual(copy, numbers)
    const small = encode(new Float64Array(3))
    assert.notEqual((decode(small) as Float64Array).buffer, small.buffer)
  })

  it('lie at multiples of 8, one after the other', () => {
    const value = [Buffer.alloc(4097, 1), new Float64Array(600).fill(2), Buffer.alloc(5001, 3), 'x']
    const bytes = encode(value)
    const decoded = decode(bytes) as [Buffer, Float64Array, Buffer, string]
    assert.deepEqual(decoded, value)
    for (const view of [decoded[0], decoded[1], decoded[2]]) {
      assert.equal(view.buffer, bytes.buffer)
      assert.equal(view.byteOffset % 8, 0)
    }
    assert.ok(bytes.byteLength < 4097 + 4800 + 5001 + 100)
  })

  it('are decoded from shared memory as copies', () => {
    const bytes = encode(new Float64Array(1000).fill(1))
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength))
    shared.set(bytes)
    assert.ok((decode(shared) as Float64Array).buffer instanceof ArrayBuffer)
  })
})

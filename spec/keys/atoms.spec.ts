import assert from 'node:assert/strict'
import { ABSENT, IGNORED, writeAtom } from '../../lib/keys/atoms.ts'
import { ByteWriter } from '../../lib/keys/byte-writer.ts'
import { Refusal } from '../../lib/keys/refusal.ts'
import { sha256Hex } from '../../lib/keys/sha256.ts'

function hex(value: unknown): string {
  const writer = new ByteWriter()
  assert.ok(writeAtom(writer, value))
  return writer.since(0).toString('hex')
}

describe('writeAtom', () => {
  it('writes a tag, a length where it is not fixed, and the content', () => {
    const table: [unknown, string][] = [
      [undefined, '01'],
      [null, '02'],
      [true, '03'],
      [false, '04'],
      [1, '05000000000000f03f'],
      [-0, '050000000000000080'],
      [Number.NaN, '05000000000000f87f'],
      [-255n, '06030000002d6666'],
      [0n, '06020000002b30'],
      ['a', '070100000061'],
      ['é', '0702000000c3a9'],
      ['\ud800', '080200000000d8'],
      ['x'.repeat(5000), `0988130000${sha256Hex('x'.repeat(5000))}`],
      [Symbol.for('a'), '0b070100000061'],
      [Symbol.iterator, `0c070f000000${Buffer.from('Symbol.iterator').toString('hex')}`],
      [IGNORED, '0d'],
      [ABSENT, '0e'],
    ]
    for (const [value, bytes] of table) assert.equal(hex(value), bytes, String(value))
  })

  it('writes texts of every length around its limits as UTF-8', () => {
    for (const length of [0, 1, 31, 32, 33, 4095, 4096]) {
      for (const unit of ['a', 'é', '語']) {
        const text = unit.repeat(length)
        const size = Buffer.alloc(4)
        size.writeUInt32LE(Buffer.byteLength(text))
        assert.equal(hex(text), Buffer.concat([Buffer.of(7), size, Buffer.from(text)]).toString('hex'))
      }
    }
  })

  it('leaves objects and functions to others', () => {
    for (const value of [{}, [], () => 1]) assert.equal(writeAtom(new ByteWriter(), value), false)
  })

  it('refuses a unique symbol', () => {
    assert.throws(() => hex(Symbol('u')), Refusal)
  })
})

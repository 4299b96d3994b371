import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  bodyStart,
  encodeKey,
  hasMarker,
  parseHead,
  RECORD_HEAD_BYTES,
  type RecordHead,
  recordBytes,
  recordSeed,
  writeHead,
} from '../../lib/files/record.ts'

const anyHead: fc.Arbitrary<RecordHead> = fc.record(
  {
    deletes: fc.boolean(),
    more: fc.boolean(),
    keyBytes: fc.nat(0xffff),
    bodyBytes: fc.nat(0xffffffff),
    keyHash: fc.nat(0xffffffff),
    synced: fc.nat(0xffffffff).map(units => units * 8),
  },
  { noNullPrototype: true },
)
const anyOffset = fc.nat(0xffffffff).map(units => units * 8)

describe('parseHead', () => {
  it('reads back any head, at its own place in its own file only', () => {
    fc.assert(
      fc.property(anyHead, anyOffset, anyOffset, fc.nat(0xffffffff), (head, offset, other, seed) => {
        const bytes = Buffer.alloc(8 + RECORD_HEAD_BYTES)
        writeHead(bytes, 8, head, seed, offset)
        assert.deepEqual(parseHead(bytes, 8, seed, offset), head)
        assert.equal(hasMarker(bytes, 8), true)
        assert.equal(parseHead(bytes, 8, seed ^ 1, offset), undefined)
        if (other !== offset) assert.equal(parseHead(bytes, 8, seed, other), undefined)
        assert.equal(parseHead(bytes, 0, seed, offset), undefined)
        assert.equal(parseHead(bytes, 16, seed, offset), undefined)
      }),
    )
  })

  it('knows no head in which any one bit was flipped', () => {
    fc.assert(
      fc.property(anyHead, anyOffset, (head, offset) => {
        const bytes = Buffer.alloc(RECORD_HEAD_BYTES)
        writeHead(bytes, 0, head, 7, offset)
        for (let bit = 0; bit < RECORD_HEAD_BYTES * 8; bit += 1) {
          bytes[bit >> 3]! ^= 1 << (bit & 7)
          assert.equal(parseHead(bytes, 0, 7, offset), undefined)
          bytes[bit >> 3]! ^= 1 << (bit & 7)
        }
      }),
    )
  })
})

describe('recordBytes', () => {
  it('is a multiple of 8, with room for head, key, body, and in a log the second head', () => {
    fc.assert(
      fc.property(anyHead, head => {
        assert.equal(bodyStart(head) % 8, 0)
        assert.ok(bodyStart(head) - (RECORD_HEAD_BYTES + head.keyBytes) < 8)
        assert.equal(recordBytes(head, false) % 8, 0)
        assert.ok(recordBytes(head, false) - (bodyStart(head) + head.bodyBytes) < 8)
        assert.equal(recordBytes(head, true) - recordBytes(head, false), RECORD_HEAD_BYTES)
      }),
    )
  })
})

describe('encodeKey', () => {
  it('takes text of up to 65,535 bytes, and gives other bytes for other text', () => {
    assert.equal(encodeKey('ä').toString('hex'), 'c3a4')
    assert.equal(encodeKey('').length, 0)
    assert.equal(encodeKey('k'.repeat(65_535)).length, 65_535)
    for (const bad of ['k'.repeat(65_536), 'ä'.repeat(32_768), '\ud800', 'a\udfffb'])
      assert.throws(() => encodeKey(bad), TypeError)
  })
})

describe('recordSeed', () => {
  it('differs from file to file', () => {
    assert.notEqual(recordSeed(Buffer.alloc(16, 1)), recordSeed(Buffer.alloc(16, 2)))
  })
})

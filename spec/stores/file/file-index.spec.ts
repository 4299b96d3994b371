import assert from 'node:assert/strict'
import fc from 'fast-check'
import { FileIndex, IndexBuilder, type IndexRow } from '../../../lib/stores/file/file-index.ts'

const anyRow: fc.Arbitrary<IndexRow> = fc.record(
  {
    // Few hashes, also at the ends of the range: they collide, and wrap round the table.
    keyHash: fc.oneof(fc.constantFrom(0, 1, 0xffffffff, 0xfffffffe), fc.nat(0xffffffff)),
    keyBytes: fc.nat(0xffff),
    bodyBytes: fc.nat(0xffffffff),
    offset: fc.nat(0xffffffff).map(units => units * 8),
  },
  { noNullPrototype: true },
)

function encode(rows: readonly IndexRow[], end: number): Buffer {
  const builder = new IndexBuilder()
  for (const row of rows) builder.add(row, row.offset)
  assert.equal(builder.count, rows.length)
  return Buffer.from(builder.encode(end))
}

describe('FileIndex', () => {
  it('reads back any rows, and finds each by its hash', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), rows => {
        const index = FileIndex.parse(encode(rows, 64), rows.length, 64)!
        assert.deepEqual([...index.rows()], rows)
        for (const hash of [...rows.map(row => row.keyHash), 5]) {
          assert.deepEqual(
            [...index.rowsOf(hash)],
            rows.filter(row => row.keyHash === hash),
          )
        }
      }),
    )
  })

  it('holds more rows than it had room for at first', () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => ({
      keyHash: n,
      keyBytes: 1,
      bodyBytes: 2,
      offset: n * 8,
    }))
    assert.deepEqual([...FileIndex.parse(encode(rows, 8), 5_000, 8)!.rows()], rows)
  })

  it('is not read with any bit of its rows or its checksum flipped, with another length, or for another place', () => {
    const rows = [{ keyHash: 1, keyBytes: 2, bodyBytes: 3, offset: 64 }]
    const bytes = encode(rows, 64)
    for (let bit = 0; bit < 20 * 8; bit += 1) {
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      assert.equal(FileIndex.parse(bytes, 1, 64), undefined)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
    }
    assert.equal(FileIndex.parse(bytes, 2, 64), undefined)
    assert.equal(FileIndex.parse(bytes, 1, 72), undefined)
    assert.deepEqual([...FileIndex.empty.rowsOf(0)], [])
  })
})

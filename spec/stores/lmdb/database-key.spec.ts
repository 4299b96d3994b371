import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  after,
  besides,
  entryKey,
  isCut,
  keyOf,
  ordered,
  ROW,
  rangeOf,
  rowsOf,
  unordered,
} from '../../../lib/stores/lmdb/database-key.ts'

const LMDB_LONGEST = 1978
const text = fc.string({ unit: 'grapheme', maxLength: 3000 })

describe('entryKey', () => {
  it('is short enough for LMDB in every kind of row, whatever the key', () => {
    for (const key of ['', 'k'.repeat(1899), 'k'.repeat(1900), '語'.repeat(21_845)])
      assert.ok(ordered(ROW.rank, 1, entryKey(key)).length <= LMDB_LONGEST)
  })

  it('is another for every other key, and tells the key where it is not cut', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        assert.equal(entryKey(a).equals(entryKey(b)), a === b)
        if (!isCut(entryKey(a))) assert.equal(keyOf(entryKey(a)), a)
      }),
    )
    for (const length of [1898, 1899, 1900, 1931, 1932, 60_000]) {
      assert.notDeepEqual(entryKey('k'.repeat(length)), entryKey('k'.repeat(length + 1)))
      assert.equal(isCut(entryKey('k'.repeat(length))), length >= 1900)
    }
  })
})

describe('rangeOf', () => {
  it('holds the rows of all keys with the prefix', () => {
    fc.assert(
      fc.property(text, text, (prefix, rest) => {
        const { start, end } = rangeOf(prefix)
        const row = entryKey(prefix + rest)
        assert.ok(Buffer.compare(start, row) <= 0 && Buffer.compare(row, end) < 0)
      }),
    )
    const { start, end } = rangeOf('k'.repeat(50_000))
    const row = entryKey('k'.repeat(50_001))
    assert.ok(Buffer.compare(start, row) <= 0 && Buffer.compare(row, end) < 0)
  })
})

describe('ordered', () => {
  it('sorts as its numbers do, and tells them and the entry again', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), text, text, (a, b, left, right) => {
        const [one, other] = [ordered(ROW.rank, a, entryKey(left)), ordered(ROW.rank, b, entryKey(right))]
        if (a < b) assert.equal(Buffer.compare(one, other), -1)
        assert.deepEqual(unordered(one), { number: a, entry: entryKey(left) })
      }),
    )
  })

  it('lies among the rows of its kind', () => {
    const { start, end } = rowsOf(ROW.rank)
    for (const number of [Number.NEGATIVE_INFINITY, -1, 0, 1e300, Number.POSITIVE_INFINITY]) {
      const row = ordered(ROW.rank, number)
      assert.ok(Buffer.compare(start, row) <= 0 && Buffer.compare(row, end) < 0)
    }
  })
})

describe('besides', () => {
  it('is the row of another kind of the same entry', () => {
    assert.deepEqual(besides(ROW.touch, entryKey('x')), Buffer.from('ax'))
  })
})

describe('after', () => {
  it('is the first key behind a prefix', () => {
    assert.deepEqual(after(Buffer.from('ka')), Buffer.from('kb'))
  })
})

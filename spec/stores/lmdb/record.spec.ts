import assert from 'node:assert/strict'
import fc from 'fast-check'
import { entryKey } from '../../../lib/stores/lmdb/database-key.ts'
import { decodeRecord, encodeRecord, recordKey } from '../../../lib/stores/lmdb/record.ts'

const number = fc.double({ noNaN: true })
const record = fc.record({
  inline: fc.uint8Array({ maxLength: 100 }),
  headBytes: fc.nat(1000),
  file: fc.option(
    fc.record({ name: fc.stringMatching(/^\d{1,6}\.\w{0,8}\.\w{0,8}\.\d{1,6}\.\w{1,10}$/), bytes: fc.nat() }),
    {
      nil: undefined,
    },
  ),
  listsFile: fc.boolean(),
  order: fc.maxSafeNat(),
  commit: fc.maxSafeNat(),
  rank: fc.option(number, { nil: undefined }),
  expiresAtMs: fc.option(number, { nil: undefined }),
})

describe('encodeRecord', () => {
  it('keeps everything, and the key where its row cannot', () => {
    fc.assert(
      fc.property(record, fc.string({ unit: 'grapheme', maxLength: 3000 }), (given, key) => {
        const bytes = encodeRecord(given, entryKey(key), key)
        const { inline, ...facts } = decodeRecord(bytes)
        const { file } = given
        const expected = { ...given, file: file && { ...file } }
        assert.deepEqual({ ...facts, inline: new Uint8Array(inline) }, expected)
        assert.equal(recordKey(entryKey(key), bytes), key)
      }),
    )
  })

  it('keeps its bytes where a Float64Array may begin', () => {
    const bytes = encodeRecord(
      { ...decodeRecord(Buffer.alloc(0)), inline: Buffer.alloc(8) },
      entryKey('k'),
      'k',
    )
    assert.equal((decodeRecord(bytes).inline.byteOffset - bytes.byteOffset) % 8, 0)
  })
})

describe('decodeRecord', () => {
  it('takes no name for a file of values that could be none', () => {
    const given = { ...decodeRecord(Buffer.alloc(0)), file: { name: '1.2.3.4.5', bytes: 7 } }
    const bytes = encodeRecord(given, entryKey('k'), 'k')
    assert.deepEqual(decodeRecord(bytes).file, given.file)
    for (const name of ['../../../', '1.2.3.4.\0', '.........']) {
      bytes.write(name.slice(0, 9), bytes.length - 9, 'latin1')
      assert.equal(decodeRecord(bytes).file, undefined, name)
    }
  })

  it('takes whatever bytes there are for a record, of which nothing may be true', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => void decodeRecord(Buffer.from(bytes))))
  })
})

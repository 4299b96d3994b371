import assert from 'node:assert/strict'
import {
  encodeHeader,
  FILE_KINDS,
  type FileKind,
  HEADER_BYTES,
  hasMagic,
  isCutOff,
  newId,
  parseHeader,
} from '../../lib/files/file-header.ts'

describe('parseHeader', () => {
  it('reads back what encodeHeader wrote', () => {
    for (const kind of Object.keys(FILE_KINDS) as FileKind[]) {
      const header = {
        kind,
        id: Uint8Array.from(newId()),
        base: Uint8Array.from(newId()),
        indexOffset: 2 ** 34 + 8,
        count: 0xffffffff,
      }
      const bytes = encodeHeader(header)
      assert.equal(bytes.length, HEADER_BYTES)
      assert.deepEqual(parseHeader(bytes), { is: 'ours', header })
    }
  })

  it('knows no header in which any one bit was flipped', () => {
    const bytes = Buffer.from(encodeHeader({ kind: 'journal', id: newId(), base: newId() }))
    for (let bit = 0; bit < HEADER_BYTES * 8; bit += 1) {
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      assert.notEqual(parseHeader(bytes).is, 'ours', `bit ${bit}`)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
    }
    assert.equal(parseHeader(bytes).is, 'ours')
  })

  it('tells another version by its number alone, and an unknown kind not at all', () => {
    const bytes = Buffer.from(encodeHeader({ kind: 'journal', id: newId() }))
    bytes.writeUInt16LE(2, 8)
    assert.deepEqual(parseHeader(bytes), { is: 'other-version', version: 2 })
    assert.deepEqual(parseHeader(bytes.subarray(0, 63)), { is: 'unknown' })
    assert.deepEqual(parseHeader(Buffer.alloc(0)), { is: 'unknown' })
  })
})

describe('hasMagic', () => {
  it('looks at the first 8 bytes', () => {
    const bytes = encodeHeader({ kind: 'journal', id: newId() })
    assert.equal(hasMagic(bytes.subarray(0, 8)), true)
    assert.equal(hasMagic(bytes.subarray(0, 7)), false)
    assert.equal(hasMagic(Buffer.from('PK\x03\x04....')), false)
  })
})

describe('isCutOff', () => {
  it('knows every beginning of a header, but not a whole one', () => {
    const bytes = encodeHeader({ kind: 'journal', id: newId() })
    for (let length = 0; length < HEADER_BYTES; length += 1)
      assert.equal(isCutOff(bytes.subarray(0, length), HEADER_BYTES), true)
    assert.equal(isCutOff(bytes, HEADER_BYTES), false)
    for (const other of ['x', '0123456789', '\x89PNG'])
      assert.equal(isCutOff(Buffer.from(other, 'latin1'), HEADER_BYTES), false)
  })
})

import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  bodyStart,
  keyHash,
  LARGEST_FILE_BYTES,
  LARGEST_KEY_BYTES,
  parseHead,
  RECORD_HEAD_BYTES,
  recordBytes,
} from '../../../lib/files/record.ts'
import { RecordWriter } from '../../../lib/stores/file/record-writer.ts'

const SEED = 7
const START = 64
const MIB = 1 << 20

/** A writer, and copies of what it hands over: the bytes belong to it again when the sink returns. */
function newWriter(offset = START): { readonly writer: RecordWriter; readonly chunks: Buffer[] } {
  const chunks: Buffer[] = []
  return { writer: new RecordWriter(chunk => chunks.push(Buffer.from(chunk)), SEED, offset), chunks }
}

/** The records in `bytes`, which begin at START; every byte between them must be a zero. */
function readBack(bytes: Buffer): [key: string, body: string][] {
  const found: [string, string][] = []
  for (let at = 0; at < bytes.length; ) {
    const head = parseHead(bytes, at, SEED, START + at)
    assert.ok(head !== undefined, `no record at ${at}`)
    const key = bytes.subarray(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + head.keyBytes)
    assert.equal(head.keyHash, keyHash(key))
    const bodyAt = at + bodyStart(head)
    const end = at + recordBytes(head, false)
    const bodyEnd = bodyAt + head.bodyBytes
    for (const gap of [
      bytes.subarray(at + RECORD_HEAD_BYTES + head.keyBytes, bodyAt),
      bytes.subarray(bodyEnd, end),
    ]) {
      assert.ok(gap.every(byte => byte === 0))
    }
    found.push([key.toString('utf8'), bytes.subarray(bodyAt, bodyEnd).toString('latin1')])
    at = end
  }
  return found
}

describe('RecordWriter', () => {
  it('writes any records one behind the other, each with a sound head at its own place', () => {
    const anyRecord = fc.tuple(
      fc.string({ unit: 'grapheme' }),
      fc.uint8Array({ maxLength: 30 }),
      fc.boolean(),
    )
    fc.assert(
      fc.property(fc.array(anyRecord), records => {
        const { writer, chunks } = newWriter()
        for (const [key, body, asBytes] of records) {
          const { offset } = writer
          const head = writer.add(asBytes ? Buffer.from(key) : key, body)
          assert.equal(writer.offset, offset + recordBytes(head!, false))
        }
        writer.flush()
        const expected = records.map(([key, body]) => [key, Buffer.from(body).toString('latin1')])
        assert.deepEqual(readBack(Buffer.concat(chunks)), expected)
      }),
    )
  })

  it('gathers many small records into one chunk, and hands over none before it is full', () => {
    const { writer, chunks } = newWriter()
    for (let n = 0; n < 1000; n += 1) writer.add(`key ${n}`, new Uint8Array(n % 20))
    assert.equal(chunks.length, 0)
    writer.flush()
    assert.deepEqual([chunks.length, readBack(chunks[0]!).length], [1, 1000])
    writer.flush()
    assert.equal(chunks.length, 1)
  })

  it('hands over by itself what would not fit, in chunks of bounded size', () => {
    const { writer, chunks } = newWriter()
    const body = Buffer.alloc(100_000, 'b')
    for (let n = 0; n < 50; n += 1) writer.add(`${n}`, body)
    writer.flush()
    assert.ok(chunks.length >= 5 && chunks.every(chunk => chunk.length <= MIB))
    assert.equal(readBack(Buffer.concat(chunks)).length, 50)
  })

  it('passes a large body on as it is, behind all that was gathered before it', () => {
    const chunks: Uint8Array[] = []
    const writer = new RecordWriter(chunk => chunks.push(chunk), SEED, START)
    const body = Buffer.alloc(MIB + 3, 'L')
    writer.add('small', Buffer.from('s'))
    writer.add('large', body)
    assert.ok(chunks.includes(body))
    const { writer: copying, chunks: copies } = newWriter()
    for (const [key, each] of [
      ['a', 'x'],
      ['large', body.toString('latin1')],
      ['b', 'y'],
    ] as const) {
      copying.add(key, Buffer.from(each, 'latin1'))
    }
    copying.flush()
    const expected = [
      ['a', 'x'],
      ['large', body.toString('latin1')],
      ['b', 'y'],
    ]
    assert.deepEqual(readBack(Buffer.concat(copies)), expected)
  })

  it('refuses a key that is no well-formed text, or too long, and goes on as if it had not been asked', () => {
    const { writer, chunks } = newWriter()
    writer.add('a', Buffer.from('1'))
    for (const key of ['\ud800', 'x'.repeat(LARGEST_KEY_BYTES + 1)]) {
      assert.throws(() => writer.add(key, Buffer.from('2')), TypeError)
    }
    writer.add('x'.repeat(LARGEST_KEY_BYTES), Buffer.from('3'))
    writer.flush()
    assert.deepEqual(
      readBack(Buffer.concat(chunks)).map(([, body]) => body),
      ['1', '3'],
    )
  })

  it('is undefined for a record that would end beyond the largest file, and writes none of it', () => {
    const { writer, chunks } = newWriter(LARGEST_FILE_BYTES - 40)
    assert.equal(writer.add('key', new Uint8Array(9)), undefined)
    assert.equal(writer.offset, LARGEST_FILE_BYTES - 40)
    assert.ok(writer.add('key', new Uint8Array(8)) !== undefined)
    writer.flush()
    assert.equal(Buffer.concat(chunks).length, 40)
  })
})

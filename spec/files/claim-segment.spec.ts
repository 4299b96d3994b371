import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { BLOCK_BYTES, ClaimSegment, eraseHeader, MAX_SEGMENT_BYTES } from '../../lib/files/claim-segment.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const HASH = 'a'.repeat(16)
const AWAITED = 'b'.repeat(16)

describe('ClaimSegment', () => {
  const at = temporaryFolder()
  let fd: number

  beforeEach(() => {
    fd = openSync(at('x'), 'w+')
  })
  afterEach(() => closeSync(fd))

  it('is a power of two of blocks that holds what is asked for, up to a limit', () => {
    for (const [slots, bytes] of [
      [1, 2048],
      [60, 2048],
      [61, 4096],
      [1000, 32768],
      [1020, 32768],
      [1021, 65536],
      [1e9, MAX_SEGMENT_BYTES],
    ] as const) {
      assert.equal(ClaimSegment.sizeFor(slots), bytes)
    }
    assert.equal(new ClaimSegment('1.2.3.4.5', ClaimSegment.sizeFor(60)).freeSlots, 60)
  })

  it('lies in the file byte for byte as its table says', () => {
    const segment = new ClaimSegment('12.34.ab.12.n1', BLOCK_BYTES)
    segment.put(HASH, AWAITED)
    segment.place(fd, BLOCK_BYTES)
    const expected = Buffer.alloc(BLOCK_BYTES)
    expected.write('\x89CLAIM\r\n', 'latin1')
    expected.writeUInt32LE(1, 8)
    expected.writeUInt32LE(2048, 12)
    expected.write('12.34.ab.12.n1', 32)
    expected.write(HASH + AWAITED, 128)
    assert.deepEqual(readFileSync(at('x')), Buffer.concat([Buffer.alloc(BLOCK_BYTES), expected]))
  })

  it('writes what changed, and nothing else', () => {
    const segment = new ClaimSegment('1.2.3.4.5', BLOCK_BYTES)
    segment.place(fd, 0)
    writeFileSync(at('x'), Buffer.alloc(BLOCK_BYTES, '.'))
    const slots = [segment.put(HASH), segment.put(HASH)]
    assert.deepEqual(slots, [128, 160])
    segment.clear(160)
    segment.write(fd)
    segment.write(fd)
    const expected = Buffer.alloc(BLOCK_BYTES, '.').fill(0, 128, 192)
    expected.write(HASH, 128)
    assert.deepEqual(readFileSync(at('x')), expected)
    assert.equal(segment.put(HASH), 160)
  })

  it('writes with the next change what could not be written', () => {
    const segment = new ClaimSegment('1.2.3.4.5', BLOCK_BYTES)
    segment.place(fd, 0)
    const readable = openSync(at('x'), 'r')
    segment.put(HASH)
    assert.throws(() => segment.write(readable), { code: 'EBADF' })
    closeSync(readable)
    segment.put(AWAITED)
    segment.write(fd)
    assert.equal(readFileSync(at('x'), 'latin1').slice(128, 176), `${HASH}${'\0'.repeat(16)}${AWAITED}`)
  })

  it('knows whether its header is still there', () => {
    const segment = new ClaimSegment('1.2.3.4.5', BLOCK_BYTES)
    segment.place(fd, BLOCK_BYTES)
    const content = readFileSync(at('x'))
    assert.equal(segment.isIn(content), true)
    assert.equal(segment.isIn(content.subarray(0, BLOCK_BYTES + 100)), false)
    assert.equal(segment.isIn(Buffer.alloc(0)), false)
    eraseHeader(fd, BLOCK_BYTES)
    assert.equal(segment.isIn(readFileSync(at('x'))), false)
  })
})

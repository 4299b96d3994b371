import assert from 'node:assert/strict'
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import fc from 'fast-check'
import { ReadAhead } from '../../../lib/stores/file/read-ahead.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const CONTENT = Uint8Array.from({ length: 100 }, (_, index) => index)

describe('ReadAhead', () => {
  const at = temporaryFolder()
  let fd = -1
  beforeEach(() => {
    writeFileSync(at('a'), CONTENT)
    fd = openSync(at('a'), 'r+')
  })
  afterEach(() => closeSync(fd))

  it('gives the bytes that lie there, in any order and of any length', () => {
    const anyPart = fc.tuple(fc.nat(110), fc.nat(110))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.array(anyPart), (pieceBytes, parts) => {
        const ahead = new ReadAhead(pieceBytes)
        for (const [offset, length] of parts) {
          const expected = CONTENT.slice(offset, offset + length)
          assert.deepEqual(Uint8Array.from(ahead.view(fd, offset, length)), expected)
        }
      }),
    )
  })

  it('reads one piece for all that lies in it, and the next piece for what lies beyond', () => {
    const ahead = new ReadAhead(10)
    ahead.view(fd, 0, 2)
    // Whoever looks into the file again sees this.
    writeSync(fd, new Uint8Array(100).fill(0xff), 0, 100, 0)
    assert.deepEqual([...ahead.view(fd, 2, 8)], [2, 3, 4, 5, 6, 7, 8, 9])
    assert.deepEqual([...ahead.view(fd, 0, 1)], [0])
    assert.deepEqual([...ahead.view(fd, 9, 2)], [0xff, 0xff])
    assert.deepEqual([...ahead.view(fd, 8, 1)], [0xff])
  })

  it('reads what is longer than a piece whole, and no more than the file has', () => {
    const ahead = new ReadAhead(4)
    assert.equal(ahead.view(fd, 10, 50).length, 50)
    assert.deepEqual([...ahead.view(fd, 97, 50)], [97, 98, 99])
    assert.equal(ahead.view(fd, 200, 1).length, 0)
  })
})

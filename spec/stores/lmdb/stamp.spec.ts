import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { Stamp } from '../../../lib/stores/lmdb/stamp.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('Stamp', () => {
  const at = temporaryFolder()
  const withStamp = (body: (stamp: Stamp, fd: number) => void) => () => {
    writeFileSync(at('data'), 'some bytes')
    const fd = openSync(at('data'), 'r+')
    const stamp = new Stamp(at('stamp'), fd)
    try {
      body(stamp, fd)
    } finally {
      stamp.close()
      closeSync(fd)
    }
  }

  it(
    'vouches for a file as it was left, and for no other',
    withStamp((stamp, fd) => {
      assert.equal(stamp.vouches(), false)
      stamp.write()
      assert.equal(stamp.vouches(), true)
      stamp.leave()
      assert.equal(stamp.vouches(), true)
      writeSync(fd, 'S', 0)
      assert.equal(stamp.vouches(), false)
    }),
  )

  it(
    'does not vouch, when it leaves, for what somebody has written since',
    withStamp((stamp, fd) => {
      stamp.write()
      writeSync(fd, 'some more bytes', 0)
      stamp.leave()
      assert.equal(stamp.vouches(), false)
    }),
  )

  it(
    'sees what changes within one tick of the clock',
    withStamp((stamp, fd) => {
      for (let round = 0; round < 50; round += 1) {
        stamp.write()
        stamp.leave()
        writeSync(fd, 'x', 0)
        assert.equal(stamp.vouches(), false)
      }
    }),
  )

  it(
    'believes nothing that is torn',
    withStamp(stamp => {
      stamp.write()
      const sealed = readFileSync(at('stamp'))
      for (const at of [40, 60, 90]) {
        const torn = Buffer.from(sealed)
        torn[at] = torn[at]! ^ 1
        writeFileSync(stampPath(), torn)
        assert.equal(stamp.vouches(), false)
      }
      writeFileSync(stampPath(), '')
      assert.equal(stamp.vouches(), false)
    }),
  )

  it(
    'has another token after each writing',
    withStamp((stamp, fd) => {
      const other = new Stamp(at('stamp'), fd)
      const tokens = new Set([stamp.token()])
      for (const each of [stamp, other, stamp]) {
        each.write()
        tokens.add(other.token())
        assert.equal(stamp.token(), other.token())
      }
      assert.equal(tokens.size, 4)
      other.close()
    }),
  )

  function stampPath(): string {
    return at('stamp')
  }
})

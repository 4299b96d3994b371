import assert from 'node:assert/strict'
import { statfsSync } from 'node:fs'
import { errno } from '../../../lib/files/errno.ts'
import { FreeSpace } from '../../../lib/stores/lmdb/free-space.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('FreeSpace', () => {
  const at = temporaryFolder()

  it('refuses what would fill the disk, as the system would', () => {
    const { bavail, bsize } = statfsSync(at())
    const space = new FreeSpace(at())
    space.assertFor(1_000)
    assert.throws(
      () => space.assertFor(bavail * bsize),
      (error: Error) => errno(error) === 'ENOSPC' && /are left on the disk/.test(error.message),
    )
    space.assertFor(1_000)
  })

  it('counts what was let through since it looked', () => {
    const { bavail, bsize } = statfsSync(at())
    const space = new FreeSpace(at())
    // A sixth of the disk each: were it not counted, the fourth would be let through without another look.
    const part = (bavail * bsize) / 6
    space.assertFor(part)
    assert.throws(() => space.assertFor((bavail * bsize) / 2), /ENOSPC/)
  })
})

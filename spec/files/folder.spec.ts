import assert from 'node:assert/strict'
import { statSync, writeFileSync } from 'node:fs'
import { makeFolder, syncFolder } from '../../lib/files/folder.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('makeFolder', () => {
  const at = temporaryFolder()

  it('creates what is missing, private to the user, and says whether it did', () => {
    assert.equal(makeFolder(at('a/b/c')), true)
    for (const name of ['a', 'a/b', 'a/b/c']) assert.equal(statSync(at(name)).mode & 0o777, 0o700)
    assert.equal(makeFolder(at('a/b/c')), false)
    assert.equal(makeFolder(at('a/b/d')), true)
  })

  it('gives up where the system lets nobody make a folder, instead of trying for ever', function () {
    // Only Linux has such a place.
    if (process.platform !== 'linux') return this.skip()
    assert.throws(() => makeFolder('/proc/nope/deeper'), { code: 'ENOENT' })
    return undefined
  })

  it('throws where a file is in the way', () => {
    writeFileSync(at('file'), '')
    assert.throws(() => makeFolder(at('file/sub')), /ENOTDIR|EEXIST/)
    assert.throws(() => makeFolder(at('file')), /EEXIST/)
  })
})

describe('syncFolder', () => {
  it('throws where there is no folder', () => {
    assert.throws(() => syncFolder('/nowhere/at/all'), /ENOENT/)
  })
})

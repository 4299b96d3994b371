import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs, { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isCacheError } from '../../lib/base/errors.ts'
import { fileDigest } from '../../lib/files/file-digest.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('fileDigest', () => {
  const at = temporaryFolder()
  const sha256 = (content: string | Buffer) => `sha256:${createHash('sha256').update(content).digest('hex')}`
  const LATER = 60_000
  /** What `body` opens, counted at the door to the system. */
  const openings = (body: () => void): number => {
    const { openSync } = fs
    let count = 0
    fs.openSync = (...args) => {
      count += 1
      return openSync(...args)
    }
    syncBuiltinESMExports()
    try {
      body()
    } finally {
      fs.openSync = openSync
      syncBuiltinESMExports()
    }
    return count
  }

  it('is the sha256 of the content, also of an empty file and of one larger than a piece', () => {
    const large = Buffer.alloc(3 * (1 << 20) + 7, 'abc')
    for (const [name, content] of Object.entries({ text: 'text', empty: '', large })) {
      writeFileSync(at(name), content)
      assert.equal(fileDigest(at(name), Date.now()), sha256(content))
    }
  })

  it('takes a missing file, and one in a folder that is none, for a state like any other', () => {
    writeFileSync(at('file'), '')
    symlinkSync(at('nowhere'), at('dangling'))
    for (const name of ['missing', 'file/inside', 'dangling'])
      assert.equal(fileDigest(at(name), Date.now()), 'absent')
  })

  it('sees each change, though the size stays and the change comes at once', () => {
    for (let round = 0; round < 200; round += 1) {
      const content = String(1_000 + round)
      writeFileSync(at('a'), content)
      assert.equal(fileDigest(at('a'), Date.now()), sha256(content))
    }
    rmSync(at('a'))
    assert.equal(fileDigest(at('a'), Date.now()), 'absent')
  })

  it('reads a file that has been left alone once, and one that has just changed each time', () => {
    writeFileSync(at('a'), 'one')
    assert.equal(
      openings(() => fileDigest(at('a'), Date.now())),
      1,
    )
    assert.equal(
      openings(() => fileDigest(at('a'), Date.now())),
      1,
    )
    assert.equal(
      openings(() => fileDigest(at('a'), Date.now() + LATER)),
      1,
    )
    assert.equal(
      openings(() => fileDigest(at('a'), Date.now() + LATER)),
      0,
    )
    writeFileSync(at('a'), 'two')
    assert.equal(fileDigest(at('a'), Date.now() + LATER), sha256('two'))
  })

  it('remembers no more than a bounded number of files', () => {
    mkdirSync(at('many'))
    for (let i = 0; i < 4_100; i += 1) {
      writeFileSync(at(`many/${i}`), '')
      fileDigest(at(`many/${i}`), Date.now() + LATER)
    }
    assert.equal(
      openings(() => fileDigest(at('many/4099'), Date.now() + LATER)),
      0,
    )
    assert.equal(
      openings(() => fileDigest(at('many/0'), Date.now() + LATER)),
      1,
    )
  })

  it('says clearly that a folder or a pipe has no content', () => {
    mkdirSync(at('folder'))
    execFileSync('mkfifo', [at('pipe')])
    for (const name of ['folder', 'pipe'])
      assert.throws(
        () => fileDigest(at(name), Date.now()),
        error =>
          isCacheError(error, 'ERR_CACHE_READ') &&
          error.message.includes(at(name)) &&
          error.details.path === at(name),
      )
  })

  it('is ERR_CACHE_READ, with path and cause, for what the system refuses', () => {
    symlinkSync(at('loop'), at('loop'))
    assert.throws(
      () => fileDigest(at('loop'), Date.now()),
      error =>
        isCacheError(error, 'ERR_CACHE_READ') &&
        error.details.errno === 'ELOOP' &&
        error.cause instanceof Error,
    )
  })
})

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { openFileToRead } from '../../lib/files/open-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('openFileToRead', () => {
  const at = temporaryFolder()

  it('opens a file, and waits for nothing else', () => {
    writeFileSync(at('file'), 'text')
    mkdirSync(at('folder'))
    symlinkSync(at('nowhere'), at('link'))
    execFileSync('mkfifo', [at('pipe')])
    const fd = openFileToRead(at('file'))!
    assert.equal(readFileSync(fd, 'utf8'), 'text')
    closeSync(fd)
    for (const name of ['folder', 'link', 'pipe', 'missing'])
      assert.equal(openFileToRead(at(name)), undefined, name)
  })
})

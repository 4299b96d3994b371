import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { removeFile } from '../../lib/files/remove-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('removeFile', () => {
  const at = temporaryFolder()

  it('removes a file', () => {
    writeFileSync(at('x'), 'x')
    removeFile(at('x'))
    assert.equal(existsSync(at('x')), false)
  })

  it('has nothing to do for a file that is gone, or whose folder is', () => {
    removeFile(at('x'))
    removeFile(at('gone/x'))
  })

  it('throws for what is no file', () => {
    mkdirSync(at('folder'))
    assert.throws(() => removeFile(at('folder')), { syscall: 'unlink' })
  })
})

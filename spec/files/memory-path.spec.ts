import assert from 'node:assert/strict'
import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { memoryPath, privateFolder } from '../../lib/files/memory-path.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const USER = `cachedict-${process.getuid?.()}`

describe('memoryPath', () => {
  it('is the same for the same file, and another for every other one', () => {
    assert.equal(memoryPath('/a/x', '.leases'), memoryPath('/a/x', '.leases'))
    assert.notEqual(memoryPath('/a/x', '.leases'), memoryPath('/b/x', '.leases'))
    assert.match(memoryPath('/a/x', '.leases'), /x\.leases$/)
  })
})

describe('privateFolder', () => {
  const at = temporaryFolder()

  it('is made for its user alone', () => {
    assert.equal(privateFolder(at('')), at(USER))
    assert.equal(statSync(at(USER)).mode & 0o777, 0o700)
    assert.equal(privateFolder(at('')), at(USER))
  })

  it('is none where there is no such place', () => {
    assert.equal(privateFolder(at('missing')), undefined)
  })

  it('is none where something else is in its place, or others may write there', () => {
    mkdirSync(at('file'))
    writeFileSync(at(`file/${USER}`), '')
    mkdirSync(at('link'))
    symlinkSync(at('file'), at(`link/${USER}`))
    mkdirSync(at(`open/${USER}`), { recursive: true })
    chmodSync(at(`open/${USER}`), 0o777)
    for (const parent of ['file', 'link', 'open']) assert.equal(privateFolder(at(parent)), undefined, parent)
  })

  it('is none where it is another user’s', function () {
    // Only root may give a folder away.
    if (process.getuid?.() !== 0) this.skip()
    mkdirSync(at(`theirs/${USER}`), { recursive: true, mode: 0o700 })
    chownSync(at(`theirs/${USER}`), 65534, 65534)
    assert.equal(privateFolder(at('theirs')), undefined)
  })
})

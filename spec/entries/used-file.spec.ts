import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { isFileStillSo, useOfFile } from '../../lib/entries/used-file.ts'
import { ROOT } from '../support/repository.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('A file that was used', () => {
  const at = temporaryFolder()

  it('is still so as long as it holds the same, or is still missing', () => {
    writeFileSync(at('a'), 'one')
    const [use, missing] = [useOfFile(at('a')), useOfFile(at('none'))]
    assert.deepEqual([isFileStillSo(use), isFileStillSo(missing)], [true, true])
    writeFileSync(at('a'), 'another')
    writeFileSync(at('none'), '')
    assert.deepEqual([isFileStillSo(use), isFileStillSo(missing)], [false, false])
    writeFileSync(at('a'), 'one')
    assert.equal(isFileStillSo(use), true)
  })

  it('is named from the project on, where it lies there', () => {
    const path = resolve(ROOT, 'spec/entries/used-file.spec.ts')
    assert.equal(useOfFile(path).key, 'spec/entries/used-file.spec.ts')
    assert.equal(isFileStillSo(useOfFile(path)), true)
    assert.equal(useOfFile(at('a')).key, at('a'))
    assert.ok(relative(ROOT, at('a')).startsWith('..'))
  })

  it('is never still so where it cannot be read', () => {
    mkdirSync(at('folder'))
    assert.equal(isFileStillSo(useOfFile(at('folder'))), false)
  })
})

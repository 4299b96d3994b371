import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { errno, statOf, unlessAbsent } from '../../lib/files/errno.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('errno', () => {
  it('names errors of the system, and no others', () => {
    assert.throws(
      () => readFileSync('/nowhere/x'),
      error => errno(error) === 'ENOENT',
    )
    assert.throws(
      () => Buffer.alloc(-1),
      error => errno(error) === undefined,
    )
    for (const other of [
      Object.assign(new Error('x'), { code: 'MINE' }),
      { code: 'ENOENT', syscall: 'x' },
      null,
    ]) {
      assert.equal(errno(other), undefined)
    }
  })
})

describe('unlessAbsent', () => {
  const at = temporaryFolder()

  it('gives undefined where a file or its folder is missing, and throws everything else', () => {
    writeFileSync(at('file'), 'x')
    assert.equal(
      unlessAbsent(() => readFileSync(at('file'), 'utf8')),
      'x',
    )
    assert.equal(
      unlessAbsent(() => readFileSync(at('none'))),
      undefined,
    )
    assert.equal(
      unlessAbsent(() => readFileSync(at('file/none'))),
      undefined,
    )
    assert.throws(() => unlessAbsent(() => readFileSync(at())), /EISDIR/)
  })
})

describe('statOf', () => {
  const at = temporaryFolder()

  it('gives undefined where nothing is', () => {
    writeFileSync(at('file'), 'xyz')
    assert.equal(statOf(at('file'))?.size, 3)
    assert.equal(statOf(at('none')), undefined)
    assert.equal(statOf(at('file/none')), undefined)
  })
})

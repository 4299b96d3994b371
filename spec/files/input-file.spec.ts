import assert from 'node:assert/strict'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { isCacheError } from '../../lib/base/errors.ts'
import { CONTENT, makeInputFile } from '../../lib/files/input-file.ts'
import { ownContentOf } from '../../lib/keys/own-content.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('makeInputFile', () => {
  const at = temporaryFolder()
  const content = (name: string) => makeInputFile(at(name))[CONTENT]()

  it('has an absolute path, however it was given', () => {
    assert.equal(makeInputFile(at('a b')).path, at('a b'))
    assert.equal(makeInputFile(pathToFileURL(at('a b'))).path, at('a b'))
    assert.equal(makeInputFile(relative(process.cwd(), at('a b'))).path, at('a b'))
  })

  it('counts by its content, and not by its path', () => {
    writeFileSync(at('a'), 'one')
    const before = content('a')
    assert.match(before, /^sha256:[0-9a-f]{64}$/)
    renameSync(at('a'), at('b'))
    assert.equal(content('b'), before)
    assert.equal(content('a'), 'absent')
    writeFileSync(at('b'), 'two')
    assert.notEqual(content('b'), before)
  })

  it('speaks the protocol of keys', () => {
    writeFileSync(at('a'), 'one')
    assert.equal(ownContentOf(makeInputFile(at('a'))), content('a'))
  })

  it('is frozen, and shows its path alone', () => {
    const file = makeInputFile(at('a'))
    assert.ok(Object.isFrozen(file))
    assert.deepEqual(JSON.parse(JSON.stringify(file)), { path: at('a') })
    assert.equal(inspect(file), inspect({ path: at('a') }))
  })

  it('does not touch the file before it is asked', () => {
    mkdirSync(at('folder'))
    const file = makeInputFile(at('folder'))
    assert.throws(
      () => file[CONTENT](),
      error => isCacheError(error, 'ERR_CACHE_READ'),
    )
  })

  it('takes nothing but paths and file: URLs', () => {
    assert.throws(() => makeInputFile(new URL('https://example.org/x')), /file: URL, and not https/)
    for (const value of [undefined, null, 7, '', {}])
      assert.throws(() => makeInputFile(value as never), { name: 'TypeError', message: /^inputFile takes/ })
  })
})

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { isSettled, stampOf, toStamp } from '../../lib/files/file-stamp.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('stampOf', () => {
  const at = temporaryFolder()

  it('is the same until something of the file changes', () => {
    writeFileSync(at('a'), 'one')
    utimesSync(at('a'), 1, 1)
    const first = stampOf(at('a'))
    assert.deepEqual(stampOf(at('a')), first)
    utimesSync(at('a'), 1, 2)
    assert.notEqual(stampOf(at('a'))?.text, first?.text)
  })

  it('sees a change of content that hides behind the old size and time', () => {
    writeFileSync(at('a'), 'one')
    utimesSync(at('a'), 1, 1)
    const first = stampOf(at('a'))
    const { ctimeNs } = statSync(at('a'), { bigint: true })
    // Until the clock of the file system has gone on by one tick.
    do {
      writeFileSync(at('a'), 'two')
      utimesSync(at('a'), 1, 1)
    } while (statSync(at('a'), { bigint: true }).ctimeNs === ctimeNs)
    assert.notEqual(stampOf(at('a'))?.text, first?.text)
  })

  it('tells one file from another that takes its place', () => {
    for (const name of ['a', 'b']) {
      writeFileSync(at(name), 'same')
      utimesSync(at(name), 1, 1)
    }
    const first = stampOf(at('a'))
    renameSync(at('b'), at('a'))
    assert.notEqual(stampOf(at('a'))?.text, first?.text)
  })

  it('says what kind of thing it is, through links, and nothing of what is not there', () => {
    mkdirSync(at('folder'))
    writeFileSync(at('file'), '')
    symlinkSync(at('file'), at('link'))
    symlinkSync(at('nowhere'), at('dangling'))
    execFileSync('mkfifo', [at('pipe')])
    const kinds = ['folder', 'file', 'link', 'pipe', 'dangling', 'missing', 'file/inside'].map(
      name => stampOf(at(name))?.kind,
    )
    assert.deepEqual(kinds, ['folder', 'file', 'file', 'other', undefined, undefined, undefined])
  })
})

describe('isSettled', () => {
  const at = temporaryFolder()

  it('holds two seconds after the last change of content or of properties', () => {
    writeFileSync(at('a'), 'one')
    utimesSync(at('a'), 1, 1)
    const stamp = toStamp(statSync(at('a'), { bigint: true }))
    const { ctimeMs } = statSync(at('a'))
    assert.equal(stamp.changedAtMs, Math.floor(ctimeMs))
    assert.equal(isSettled(stamp, ctimeMs + 1_000), false)
    assert.equal(isSettled(stamp, ctimeMs + 2_001), true)
  })

  it('does not hold for a file from the future', () => {
    writeFileSync(at('a'), 'one')
    const future = Date.now() / 1000 + 1e6
    utimesSync(at('a'), future, future)
    assert.equal(isSettled(toStamp(statSync(at('a'), { bigint: true })), Date.now() + 5_000), false)
  })
})

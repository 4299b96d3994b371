import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { replaceFile, sweepTemporaries, writeAll } from '../../lib/files/atomic-write.ts'
import { openFiles, pictureOf } from '../support/same-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('replaceFile', () => {
  const at = temporaryFolder()

  it('writes what it is given, in pieces of any size', () => {
    const pieces = [0, 1, 1_000_000, 48_576, 1, 3_000_000, 5].map((size, index) =>
      Buffer.alloc(size, index + 1),
    )
    replaceFile(at('a'), sink => pieces.forEach(sink))
    assert.deepEqual(readFileSync(at('a')), Buffer.concat(pieces))
    replaceFile(at('a'), () => {})
    assert.equal(statSync(at('a')).size, 0)
    assert.deepEqual(readdirSync(at()), ['a'])
  })

  it('lets the writer use one buffer for all pieces', () => {
    const piece = Buffer.alloc(10)
    replaceFile(at('a'), sink => {
      for (const letter of 'abc') sink(piece.fill(letter))
    })
    assert.equal(readFileSync(at('a'), 'utf8'), 'a'.repeat(10) + 'b'.repeat(10) + 'c'.repeat(10))
  })

  it('makes a new file private, and keeps the mode of an old one', () => {
    replaceFile(at('a'), () => {})
    assert.equal(statSync(at('a')).mode & 0o777, 0o600)
    chmodSync(at('a'), 0o644)
    replaceFile(at('a'), () => {})
    assert.equal(statSync(at('a')).mode & 0o777, 0o644)
  })

  it('leaves the old file as it was, and nothing beside it, when the writer throws', () => {
    writeFileSync(at('a'), 'old')
    const before = pictureOf(at())
    const files = openFiles()
    const mine = new Error('mine')
    const write = () =>
      replaceFile(at('a'), sink => {
        sink(Buffer.alloc(5_000_000))
        throw mine
      })
    assert.throws(write, error => error === mine)
    assert.deepEqual(pictureOf(at()), before)
    assert.ok(openFiles() <= files)
  })

  it('shows the old content while the new one is being written', () => {
    writeFileSync(at('a'), 'old')
    replaceFile(at('a'), sink => {
      sink(Buffer.alloc(5_000_000))
      assert.equal(readFileSync(at('a'), 'utf8'), 'old')
    })
  })
})

describe('sweepTemporaries', () => {
  const at = temporaryFolder()

  it('removes what is ours or has no content, and looks at regular files with the right names only', () => {
    for (const name of ['a.1', 'a.4294967295']) writeFileSync(at(name), 'ours and more')
    writeFileSync(at('a.2'), '')
    writeFileSync(at('a.3'), Buffer.alloc(100))
    writeFileSync(at('a.4'), 'not so')
    mkdirSync(at('a.5'))
    symlinkSync(at('a.4'), at('a.6'))
    for (const name of ['a', 'a.txt', 'a.1.2', 'a.12345678901', 'b.1', 'a.1x'])
      writeFileSync(at(name), 'ours')
    sweepTemporaries(at('a'), head => Buffer.from(head).toString().startsWith('ours'))
    const kept = ['a', 'a.1.2', 'a.12345678901', 'a.1x', 'a.4', 'a.5', 'a.6', 'a.txt', 'b.1']
    assert.deepEqual(readdirSync(at()).sort(), kept)
  })
})

describe('writeAll', () => {
  it('throws where the file cannot be written', () => {
    assert.throws(() => writeAll(99_999, Buffer.alloc(1), 0), /EBADF/)
  })
})

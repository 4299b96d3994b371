import assert from 'node:assert/strict'
import { existsSync, readdirSync, renameSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { BlockJournal, isJournalLeft, leftBlocks } from '../../lib/entries/block-journal.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

describe('BlockJournal', () => {
  const folder = temporaryFolder()
  const journalOf = (id: string) => folder(`x.cache.${id}.block`)

  function written(...changes: (readonly [string, string | undefined])[]): BlockJournal {
    const journal = new BlockJournal(folder('x.cache'))
    for (const [key, value] of changes) {
      journal.append({ key, bytes: value === undefined ? undefined : Buffer.from(value) })
    }
    return journal
  }

  const left = () => leftBlocks(folder('x.cache'))

  it('creates no file before the first change', () => {
    const journal = written()
    journal.sync()
    journal.remove()
    assert.deepEqual(readdirSync(folder()), [])
  })

  it("is nobody else's as long as its block lives", () => {
    const journal = written(['a', '1'])
    assert.deepEqual(left(), [])
    assert.equal(isJournalLeft(folder('x.cache'), journal.id), true)
    journal.remove()
    assert.equal(isJournalLeft(folder('x.cache'), journal.id), false)
  })

  it('is left with all its changes, in order, when it is abandoned', () => {
    const journal = written(['a', '1'], ['b', '2'], ['a', undefined], ['a', '3'])
    journal.sync()
    journal.abandon()
    const [block, ...others] = left()
    assert.deepEqual(others, [])
    assert.equal(block?.id, journal.id)
    assert.deepEqual(
      block?.changes.map(({ key, bytes }) => [key, text(bytes)]),
      [
        ['a', '1'],
        ['b', '2'],
        ['a', undefined],
        ['a', '3'],
      ],
    )
    assert.equal(block?.exists(), true)
    block?.remove()
    assert.equal(existsSync(journalOf(journal.id)), false)
    assert.deepEqual(left(), [])
  })

  it('loses nothing before a torn end', () => {
    const journal = written(['a', '1'], ['b', '2'])
    journal.abandon()
    truncateSync(journalOf(journal.id), statSync(journalOf(journal.id)).size - 1)
    assert.deepEqual(
      left()[0]?.changes.map(({ key }) => key),
      ['a'],
    )
  })

  it('is left where its process is dead', () => {
    const journal = written(['a', '1'])
    // The same journal under the name of a process that cannot be.
    const parts = journal.id.split('.')
    const dead = ['4194305', ...parts.slice(1)].join('.')
    renameSync(journalOf(journal.id), journalOf(dead))
    assert.deepEqual(
      left().map(({ id }) => id),
      [dead],
    )
  })

  it('is not taken for one of a file whose name begins alike', () => {
    const journal = written(['a', '1'])
    journal.abandon()
    renameSync(journalOf(journal.id), join(folder(), `x.cache.more.${journal.id}.block`))
    assert.deepEqual(left(), [])
  })
})

describe('leftBlocks', () => {
  it('finds none in a folder that is not there', () => {
    assert.deepEqual(leftBlocks('/nonexistent/folder/x.cache'), [])
  })
})

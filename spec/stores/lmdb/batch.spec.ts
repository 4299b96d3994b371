import assert from 'node:assert/strict'
import { undoKey } from '../../../lib/stores/lmdb/batch.ts'
import { entryKey, rowsOf } from '../../../lib/stores/lmdb/database-key.ts'
import type { Database } from '../../../lib/stores/lmdb/engine.ts'
import { readState } from '../../../lib/stores/lmdb/state.ts'
import { commit, databaseIn, putOf } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('Batch', () => {
  const at = temporaryFolder()
  let db: Database
  beforeEach(() => {
    db = databaseIn(at('x'))
  })
  afterEach(() => db.close())
  const rows = (kind: string) => db.keys({ ...rowsOf(kind), limit: 100 }).length
  const file = { name: '1.2.3.4.5', bytes: 5_000 }

  it('keeps the rows that belong to an entry in step with it', () => {
    commit(db, batch => batch.put('a', putOf('1', { rank: 5, expiresAtMs: 7 })))
    assert.deepEqual(['k', 'r', 'e', 'a'].map(rows), [1, 1, 1, 0])
    commit(db, batch => batch.touch(entryKey('a'), 6, 77))
    assert.deepEqual(['k', 'r', 'e', 'a'].map(rows), [1, 1, 1, 1])
    commit(db, batch => batch.put('a', putOf('2', { rank: 8 })))
    assert.deepEqual(['k', 'r', 'e', 'a'].map(rows), [1, 1, 0, 0])
    commit(db, batch => batch.remove('a'))
    assert.deepEqual(['k', 'r', 'e', 'a'].map(rows), [0, 0, 0, 0])
    assert.equal(readState(db).ranked, 0)
  })

  it('trashes a file with the last entry that refers to it', () => {
    commit(db, batch => {
      batch.put('a', putOf('1', { file }))
      batch.put('b', putOf('2', { file }))
    })
    assert.equal(readState(db).fileBytes, 8_192)
    assert.deepEqual(commit(db, batch => batch.remove('a')).trashed, [])
    assert.deepEqual(commit(db, batch => batch.put('b', putOf('3', { file }))).trashed, [])
    assert.deepEqual(commit(db, batch => batch.remove('b')).trashed, [file.name])
    assert.deepEqual([rows('f'), rows('t'), readState(db).fileBytes], [0, 1, 0])
  })

  it('rescues a file that one change dropped for the next that refers to it', () => {
    commit(db, batch => batch.put('a', putOf('1', { file })))
    const { trashed } = commit(db, batch => {
      batch.remove('a')
      batch.put('b', putOf('1', { file }))
    })
    assert.deepEqual([trashed, rows('f'), rows('t')], [[], 1, 0])
  })

  it('keeps what it replaces for a snapshot, once, and forgets it when that is over', () => {
    commit(db, batch => batch.put('a', putOf('1', { file })))
    const { commit: moment } = commit(db, batch =>
      batch.change({ snapshots: [{ owner: 'o', commit: batch.commit }] }),
    )
    for (const text of ['2', '3']) commit(db, batch => batch.put('a', putOf(text)))
    assert.deepEqual([rows('u'), rows('q'), readState(db).undos], [1, 1, 1])
    assert.equal(db.has(undoKey(entryKey('a'), moment - 1)), true)
    assert.equal(commit(db, batch => assert.equal(batch.forgetUndos(9), false)).hasChanged, false)
    const { trashed } = commit(db, batch => {
      batch.change({ snapshots: [] })
      batch.forgetUndos(9)
    })
    assert.deepEqual([trashed, rows('u'), rows('q'), readState(db).undos], [[file.name], 0, 0, 0])
  })

  it('has nothing to commit where nothing changed', () => {
    assert.equal(commit(db, batch => batch.remove('nothing')).hasChanged, false)
  })
})

import assert from 'node:assert/strict'
import { readState, writeState } from '../../../lib/stores/lmdb/state.ts'
import { databaseIn } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('readState', () => {
  const at = temporaryFolder()

  it('is of a new store at first, and then what was written', () => {
    const db = databaseIn(at('x'))
    const state = readState(db)
    assert.equal(state.ranked + state.fileBytes + state.floor + state.undos + state.commitsBefore, 0)
    const next = { ...state, policy: 'ä', snapshots: [{ owner: 'o', commit: 7 }] }
    db.transact(() => writeState(db, next))
    assert.deepEqual(readState(db), next)
    db.close()
  })
})

import assert from 'node:assert/strict'
import { isAlive } from '../../../lib/files/owner.ts'
import { register, unregister } from '../../../lib/stores/lmdb/registrations.ts'
import { readState } from '../../../lib/stores/lmdb/state.ts'
import { commit, databaseIn } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('register and unregister', () => {
  const at = temporaryFolder()

  it('keep who reads what was there after which commit', () => {
    const db = databaseIn(at('x'))
    const registered: ReturnType<typeof register>[] = []
    commit(db, batch => registered.push(register(batch), register(batch)))
    assert.deepEqual(readState(db).snapshots, registered)
    assert.ok(registered.every(({ owner }) => isAlive(owner)))
    commit(db, batch => unregister(batch, new Set([registered[0]!.owner])))
    assert.deepEqual(readState(db).snapshots, registered.slice(1))
    db.close()
  })
})

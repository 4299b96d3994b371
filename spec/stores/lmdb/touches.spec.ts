import assert from 'node:assert/strict'
import { entryKey } from '../../../lib/stores/lmdb/database-key.ts'
import { Touches } from '../../../lib/stores/lmdb/touches.ts'
import { runChild } from '../../support/child.ts'
import { commit, databaseIn, putOf } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('Touches', () => {
  const at = temporaryFolder()

  it('wait for a commit, the last of each key, and are then forgotten', () => {
    const db = databaseIn(at('x'))
    const touches = new Touches(() => {})
    commit(db, batch => batch.put('a', putOf('1', { rank: 1 })))
    touches.add('a', { rank: 2, usedAtMs: 3 })
    touches.add('a', { rank: 4, usedAtMs: 5 })
    commit(db, batch => {
      touches.write(batch)
      assert.deepEqual(batch.touched(entryKey('a')), { rank: 4, usedAtMs: 5 })
    })
    assert.equal(touches.isEmpty, false)
    touches.forget()
    assert.equal(touches.isEmpty, true)
    db.close()
  })

  it('are flushed when the process ends, and keep none alive', async () => {
    const child = runChild(`
      import { Touches } from 'lib/stores/lmdb/touches.ts'
      const touches = new Touches(() => console.log('flushed'))
      touches.add('a', { rank: 1, usedAtMs: 1 })
    `)
    assert.equal(await child.line(), 'flushed')
    await child.end()
  })
})

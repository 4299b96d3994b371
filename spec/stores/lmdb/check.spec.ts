import assert from 'node:assert/strict'
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { hiddenDamage, seenDamage } from '../../../lib/stores/lmdb/check.ts'
import { commit, databaseIn, putOf } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('seenDamage and hiddenDamage', () => {
  const at = temporaryFolder()
  const path = () => at('x/data.mdb')
  const seen = () => {
    const fd = openSync(path(), 'r')
    try {
      return seenDamage(fd)
    } finally {
      closeSync(fd)
    }
  }
  beforeEach(() => {
    const db = databaseIn(at('x'))
    for (let n = 0; n < 10; n += 1)
      commit(db, batch => {
        for (let k = 0; k < 50; k += 1) batch.put(`${n}.${k}`, putOf('x'.repeat(300)))
      })
    db.close()
  })

  it('find nothing wrong with a sound database', () => {
    assert.deepEqual([seen(), hiddenDamage(path())], [undefined, undefined])
  })

  it('find what is no database at all', () => {
    for (const text of ['', 'x', 'x'.repeat(100_000)]) {
      writeFileSync(path(), text)
      assert.equal(typeof seen(), 'string')
    }
  })

  it('find a database that is cut off, which ends the process that reads it', () => {
    truncateSync(path(), 12_288)
    assert.equal(seen(), undefined)
    assert.match(hiddenDamage(path()) ?? '', /^reading it ended a process with/)
  })

  it('find pages that a walk takes for the end', () => {
    const fd = openSync(path(), 'r+')
    for (let page = 2; page < 20; page += 1) writeSync(fd, Buffer.alloc(4096), 0, 4096, page * 4096)
    closeSync(fd)
    assert.match(hiddenDamage(path()) ?? '', /^reading it ended a process with/)
  })
})

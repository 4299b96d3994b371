import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { GroupWriting, PlanFailure } from '../../../lib/stores/lmdb/group-writing.ts'
import { LARGE_BYTES, LargeValues } from '../../../lib/stores/lmdb/large-values.ts'
import type { Job } from '../../../lib/stores/lmdb/write-queue.ts'
import { type WriteRequest, writeOf } from '../../../lib/stores/store.ts'
import { commit, databaseIn } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const jobOf = (request: WriteRequest): Job => ({ request, files: new Map(), hasFailed: false, isDone: false })
const large = writeOf([{ key: 'a', bytes: Buffer.alloc(8), tail: Buffer.alloc(LARGE_BYTES) }], {
  durable: true,
})

describe('GroupWriting', () => {
  const at = temporaryFolder()
  const filesOf = (folder: string) =>
    readdirSync(at('values'), { recursive: true, withFileTypes: true }).filter(
      entry => entry.isFile() && entry.parentPath.includes(folder),
    ).length

  it('fails a job whose plan throws, and does the others', () => {
    const db = databaseIn(at('x'))
    const mine = new Error('mine')
    const failing = {
      ...large,
      plan: () => {
        throw mine
      },
    }
    const jobs = [jobOf(failing), jobOf(large)]
    commit(db, batch => new GroupWriting(jobs).apply(batch, new LargeValues(at('values'))))
    assert.deepEqual(
      jobs.map(({ hasFailed }) => hasFailed),
      [true, false],
    )
    const { error } = jobs[0]!
    assert.equal(error instanceof PlanFailure && error.error, mine)
    db.close()
  })

  it('fails a job whose file cannot be written, and throws what LMDB itself refuses', () => {
    const db = databaseIn(at('x'))
    const small = writeOf([{ key: 'b', bytes: Buffer.alloc(8) }], { durable: true })
    const applied = (error: Error) => {
      const values = new LargeValues(at('values'))
      values.writeSync = () => {
        throw error
      }
      const jobs = [jobOf(large), jobOf(small)]
      commit(db, batch => new GroupWriting(jobs).apply(batch, values))
      return jobs.map(({ hasFailed }) => hasFailed)
    }
    assert.deepEqual(applied(Object.assign(new Error('no room'), { code: 'ENOSPC' })), [true, false])
    const full = Object.assign(new Error('MDB_MAP_FULL: the map is full'), { code: -30_792 })
    assert.throws(() => applied(full), full)
    db.close()
  })

  it('removes the files of a first try where it is tried again', () => {
    const db = databaseIn(at('x'))
    const values = new LargeValues(at('values'))
    const writing = new GroupWriting([jobOf(large)])
    const failing = () =>
      commit(db, batch => {
        writing.apply(batch, values)
        throw new Error('it went elsewhere')
      })
    assert.throws(failing, /elsewhere/)
    commit(db, batch => writing.apply(batch, values))
    writing.settle()
    writing.discard()
    assert.equal(filesOf('values'), 1)
    db.close()
  })

  it('settles the files of a commit, and removes those of one that failed', () => {
    const db = databaseIn(at('x'))
    const values = new LargeValues(at('values'))
    const failed = new GroupWriting([jobOf(large)])
    assert.throws(() =>
      commit(db, batch => {
        failed.apply(batch, values)
        throw new Error('no')
      }),
    )
    failed.discard()
    assert.equal(filesOf('values'), 0)
    const writing = new GroupWriting([jobOf(large)])
    commit(db, batch => writing.apply(batch, values))
    writing.settle()
    writing.discard()
    assert.deepEqual([filesOf('new'), filesOf('values')], [0, 1])
    db.close()
  })
})

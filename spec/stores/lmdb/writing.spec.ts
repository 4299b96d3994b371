import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { LARGE_BYTES, LargeValues } from '../../../lib/stores/lmdb/large-values.ts'
import type { Job } from '../../../lib/stores/lmdb/write-queue.ts'
import { applyChanges, hasLargeTails, planChanges, writeTails } from '../../../lib/stores/lmdb/writing.ts'
import { writeOf } from '../../../lib/stores/store.ts'
import { commit, databaseIn, putOf } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const large = Buffer.alloc(LARGE_BYTES, 1)

describe('applyChanges', () => {
  const at = temporaryFolder()

  it('puts what is large into files, and nothing else', () => {
    const db = databaseIn(at('x'))
    const values = new LargeValues(at('values'))
    const changes = [
      { key: 'small', bytes: Buffer.from('12345678'), tail: Buffer.from('tail') },
      { key: 'tail', bytes: Buffer.from('12345678'), tail: large },
      { key: 'all', bytes: large, tail: Buffer.from('tail') },
    ]
    commit(db, batch => {
      assert.equal(applyChanges(changes, { batch, values }).length, 2)
      const facts = changes.map(({ key }) => {
        const { inline, headBytes, file, listsFile } = batch.get(key)!
        return [inline.length, headBytes, file?.bytes, listsFile]
      })
      assert.deepEqual(facts, [
        [12, 8, undefined, false],
        [8, 8, LARGE_BYTES, false],
        [0, LARGE_BYTES, LARGE_BYTES + 4, true],
      ])
    })
    db.close()
  })

  it('leaves no file behind where it fails, and changes nothing', () => {
    const db = databaseIn(at('x'))
    const values = new LargeValues(at('values'))
    const broken = {
      key: 'b',
      bytes: Buffer.alloc(8),
      get tail(): never {
        throw new Error('mine')
      },
    }
    commit(db, batch => {
      const changes = [{ key: 'a', bytes: Buffer.alloc(8), tail: large }, broken]
      assert.throws(() => applyChanges(changes, { batch, values }), /mine/)
      assert.equal(batch.get('a'), undefined)
    })
    assert.deepEqual(readdirSync(at('values/new')), [])
    db.close()
  })
})

describe('planChanges', () => {
  const at = temporaryFolder()

  it('shows a plan what it reads, and all entries', () => {
    const db = databaseIn(at('x'))
    const values = new LargeValues(at('values'))
    commit(db, batch => {
      batch.put('a', putOf('1'))
      const plan = (
        current: ReadonlyMap<string, Uint8Array>,
        entries: () => Iterable<readonly [string, Uint8Array]>,
      ) => {
        assert.deepEqual([...current].map(String), ['a,1'])
        assert.deepEqual(
          [...entries()].map(([key]) => key),
          ['a'],
        )
        return []
      }
      assert.deepEqual(planChanges({ reads: ['a', 'b'], plan, durable: true }, batch, values), [])
    })
    db.close()
  })
})

describe('writeTails', () => {
  const at = temporaryFolder()
  const jobOf = (isDone: boolean): Job => ({
    request: { ...writeOf([], { durable: true }), tails: [large, Buffer.alloc(1)] },
    files: new Map(),
    hasFailed: false,
    isDone,
  })

  it('brings large tails to the disk, but none that comes too late', async () => {
    const values = new LargeValues(at('values'))
    assert.equal(hasLargeTails(jobOf(false).request), true)
    assert.equal(hasLargeTails(writeOf([], { durable: true })), false)
    const job = jobOf(false)
    await writeTails(job, values)
    assert.deepEqual([...job.files.keys()], [large])
    await writeTails(jobOf(true), values)
    assert.equal(readdirSync(at('values/new')).length, 1)
  })
})

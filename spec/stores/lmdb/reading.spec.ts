import assert from 'node:assert/strict'
import { LargeValues } from '../../../lib/stores/lmdb/large-values.ts'
import { inOrder, listEntries, tailBytes, wholeBytes } from '../../../lib/stores/lmdb/reading.ts'
import { decodeRecord, type Record } from '../../../lib/stores/lmdb/record.ts'
import { commit, databaseIn, putOf } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('listEntries', () => {
  const at = temporaryFolder()

  it('lists pages of rows in the order of first writing, by prefix', () => {
    const db = databaseIn(at('x'))
    const keys = Array.from({ length: 1_300 }, (_, n) => `k${(n * 7_919) % 1_301}`)
    commit(db, batch => {
      for (const key of keys) batch.put(key, putOf(key))
    })
    const list = (prefix: string) =>
      [
        ...listEntries(
          () => db,
          () => new LargeValues(at('values')),
          prefix,
        ),
      ].map(([key]) => key)
    assert.deepEqual(list(''), keys)
    assert.deepEqual(
      list('k12'),
      keys.filter(key => key.startsWith('k12')),
    )
    assert.deepEqual(
      [
        ...listEntries(
          () => undefined,
          () => new LargeValues(at('values')),
          '',
        ),
      ],
      [],
    )
    db.close()
  })
})

describe('inOrder', () => {
  it('goes over to the order in which it finds, where there is too much to sort', () => {
    const most = 200_000
    const found = function* () {
      for (let n = 0; n <= most; n += 1) yield { row: Buffer.from(`${n}`), order: -n }
    }
    const keys = [...inOrder(found(), row => [row.toString(), row])].map(([key]) => key)
    assert.deepEqual([keys.length, keys[0], keys.at(-1)], [most + 1, '0', `${most}`])
  })
})

describe('wholeBytes and tailBytes', () => {
  const at = temporaryFolder()

  it('join what lies in the record with what lies in its file', () => {
    const values = new LargeValues(at('values'))
    const file = values.writeSync(Buffer.from('tail'))
    const record: Record = { ...decodeRecord(Buffer.alloc(0)), inline: Buffer.from('head'), file }
    assert.equal(String(wholeBytes(record, values)), 'headtail')
    assert.equal(String(tailBytes(record, 6, values)), 'il')
    values.remove(file.name)
    assert.equal(wholeBytes(record, values), undefined)
    assert.equal(String(tailBytes(record, 2, values)), 'ad')
  })
})

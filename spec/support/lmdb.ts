import { mkdirSync } from 'node:fs'
import type { Put } from '../../lib/stores/lmdb/batch.ts'
import { Batch } from '../../lib/stores/lmdb/batch.ts'
import { Database } from '../../lib/stores/lmdb/engine.ts'

/** A database in `folder`, which is made for it. */
export function databaseIn(folder: string): Database {
  mkdirSync(folder, { recursive: true })
  return new Database(`${folder}/data.mdb`, { readOnly: false })
}

/** One commit of `body` to `db`; its batch. */
export function commit(db: Database, body: (batch: Batch) => void): Batch {
  return db.transact(number => {
    const batch = new Batch(db, number)
    body(batch)
    batch.finish()
    return batch
  })
}

/** What is put where only the bytes matter. */
export function putOf(text: string, more: Partial<Put> = {}): Put {
  const inline = Buffer.from(text)
  return {
    inline,
    headBytes: inline.length,
    file: undefined,
    listsFile: false,
    rank: undefined,
    expiresAtMs: undefined,
    ...more,
  }
}

import { renameSync } from 'node:fs'
import { syncFolder } from '../../files/folder.ts'
import { withLock } from '../../files/lock.ts'
import { removeFile } from '../../files/remove-file.ts'
import { Database } from './engine.ts'
import { type Environment, LOOK_MS } from './environment.ts'
import { FreeSpace } from './free-space.ts'
import { Stamp } from './stamp.ts'
import { readState, writeState } from './state.ts'

const PAGE_ROWS = 1_000
const SLEEPER = new Int32Array(new SharedArrayBuffer(4))
/** More takes too long: nobody can write meanwhile, and this thread does nothing else. */
const MOST_BYTES = 256 << 20
const LEAST_BYTES = 1 << 20
const LARGE_BYTES = 16 << 20

/**
 * Whether it should be copied as soon as it is opened: of a large file, more than half holds nothing; or nobody vouches for
 * how its pages hang together, and a copy has pages of its own.
 */
export function isWorthCopyingAtOnce(environment: Environment): boolean {
  const { sizeBytes, isCopyWorthMore } = environment
  if (sizeBytes < LARGE_BYTES && !isCopyWorthMore) return false
  const usedBytes = environment.db.usedBytes()
  return usedBytes < MOST_BYTES && (isCopyWorthMore || usedBytes < sizeBytes / 2)
}

/** Whether a quarter of the database's file holds nothing, and the rest is copied within about a second. */
export function isWorthCompacting(environment: Environment): boolean {
  const usedBytes = environment.db.usedBytes()
  return (
    environment.sizeBytes > LEAST_BYTES && usedBytes < MOST_BYTES && usedBytes < environment.sizeBytes * 0.75
  )
}

/**
 * Replaces the database by a copy without free pages; `environment` has then moved. Safe with any number of others that
 * have it open: nobody can open it meanwhile, nor write; whoever wrote to the old file finds, before he writes again, that
 * it is no longer the store's, and whoever reads it has looked before anybody can write again.
 */
export function compact(environment: Environment): void {
  const { home, db } = environment
  const copyPath = home.copy
  withLock(home.lock, () => {
    environment.transact(commit => {
      removeFile(copyPath)
      removeFile(`${copyPath}-lock`)
      new FreeSpace(home.path).assertFor(db.usedBytes() / 2)
      const copy = new Database(copyPath, { readOnly: false })
      try {
        copyAll(db, copy, commit)
      } finally {
        copy.close()
        removeFile(`${copyPath}-lock`)
      }
      // Those who have the old one open keep its lock, too: the new one must not share it.
      removeFile(`${home.data}-lock`)
      renameSync(copyPath, home.data)
      Stamp.vouchFor(home.data, home.stamp)
      syncFolder(home.path)
      // Readers of the old one look at least so often where they are.
      Atomics.wait(SLEEPER, 0, 0, LOOK_MS * 1.2)
    })
  })
}

function copyAll(from: Database, to: Database, commit: number): void {
  to.transact(() => {
    for (let start: Buffer = Buffer.of(0); ; ) {
      const rows = from.rows({ start, end: Buffer.of(255), limit: PAGE_ROWS })
      for (const { key, value } of rows) to.put(key, value)
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE_ROWS) break
      start = Buffer.concat([last.key, Buffer.of(0)])
    }
    const state = readState(to)
    writeState(to, { ...state, commitsBefore: state.commitsBefore + commit })
  })
}

import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isAlive } from '../../lib/files/owner.ts'
import { ROW, rowsOf } from '../../lib/stores/lmdb/database-key.ts'
import { Database } from '../../lib/stores/lmdb/engine.ts'

/** What belongs to a store that nobody uses; LMDB keeps its lock. */
const BELONGS = ['data.mdb', 'data.mdb-lock', 'format-1', 'stamp', 'values']
const MOST_ROWS = 1_000_000

/**
 * What lies in the folder of an LMDB store that nobody uses, and is of no use: what the
 * next commit takes away by itself (what it replaced, for snapshots that are gone) is none. */
export function litterOf(path: string): readonly string[] {
  const db = new Database(join(path, 'data.mdb'), { readOnly: true })
  const names = (kind: string) =>
    db.keys({ ...rowsOf(kind), limit: MOST_ROWS }).map(row => row.toString('latin1', 1))
  const [referred, trash] = [names(ROW.file), names(ROW.trash)]
  db.close()
  const files = valueFiles(path)
  // One that its living writer could not move to its place stays where it is, and serves there.
  const isInPlace = (file: string) => !file.startsWith('new/') || isAlive(basename(file))
  const missing = referred.filter(name => !files.some(file => basename(file) === name))
  return [
    ...readdirSync(path).filter(name => !BELONGS.includes(name)),
    ...files.filter(file => !isInPlace(file) || !referred.includes(basename(file))),
    ...missing.map(name => `${name} is missing`),
    ...trash.filter(name => files.some(file => basename(file) === name)).map(name => `trash ${name}`),
  ]
}

function valueFiles(path: string): readonly string[] {
  try {
    const all = readdirSync(join(path, 'values'), { recursive: true }).map(String)
    return all.filter(name => /\d+\.\w+\./.test(basename(name)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

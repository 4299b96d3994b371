import { ROW } from './database-key.ts'
import type { Database } from './engine.ts'

/** What the one row about the whole store says, as JSON. */
export interface State {
  /** How many entries have a rank. */
  readonly ranked: number
  /** What all files of `values/` take, by blocks. */
  readonly fileBytes: number
  /** The highest rank that was ever dropped. */
  readonly floor: number
  /** By what the entries are ranked. */
  readonly policy: string
  /** How many rows are kept for snapshots. */
  readonly undos: number
  /** Who reads what was there after which commit. */
  readonly snapshots: readonly Registration[]
  /** What has to be added to LMDB's number of a commit: it starts anew in a compacted file. */
  readonly commitsBefore: number
}

export interface Registration {
  readonly owner: string
  readonly commit: number
}

const STATE_KEY = Buffer.from(ROW.state)
const NEW: State = {
  ranked: 0,
  fileBytes: 0,
  floor: 0,
  policy: '',
  undos: 0,
  snapshots: [],
  commitsBefore: 0,
}

export function readState(db: Database): State {
  const bytes = db.get(STATE_KEY)
  return bytes === undefined ? NEW : (JSON.parse(bytes.toString('utf8')) as State)
}

export function writeState(db: Database, state: State): void {
  db.put(STATE_KEY, Buffer.from(JSON.stringify(state)))
}

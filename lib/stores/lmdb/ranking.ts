import type { Change, Ranks, Usage } from '../store.ts'
import type { Batch } from './batch.ts'
import { ordered, ROW, rowsOf, unordered } from './database-key.ts'
import type { Database } from './engine.ts'
import type { Environment } from './environment.ts'
import { blockBytes, type LargeValues } from './large-values.ts'
import { listedBytes, scan } from './reading.ts'
import { decodeRecord, recordKey } from './record.ts'
import { readState, type State } from './state.ts'
import { applyChanges } from './writing.ts'

/** So many entries are dropped before the next are looked for. */
const PAGE_ROWS = 100

/** What the ranks of a store need of it. */
export interface RankedPlace {
  /** Undefined where nothing was ever written. */
  find(): Environment | undefined
  commit<T>(body: (batch: Batch, environment: Environment) => T): T
  /** Notes a touch, to be written later. */
  touch(key: string, rank: number, usedAtMs: number): void
  /** Gives back pages that hold nothing, where the store takes more than `bytes` with them. Whether it is within. */
  giveBack(bytes: number): boolean
}

type Bounds = Parameters<Ranks['makeRoom']>[0]

/** The entries in the order of their ranks. A pass costs what it drops, however many there are. */
export class Ranking implements Ranks {
  readonly #place: RankedPlace

  constructor(place: RankedPlace) {
    this.#place = place
  }

  /** What dropping can free: pages and files that hold something. */
  usage(): Usage {
    const environment = this.#place.find()
    return environment === undefined
      ? { bytes: 0, entries: 0 }
      : usageOf(environment.db, readState(environment.db))
  }

  get floor(): number {
    const environment = this.#place.find()
    return environment === undefined ? 0 : readState(environment.db).floor
  }

  touch(key: string, rank: number, usedAtMs: number): void {
    this.#place.touch(key, rank, usedAtMs)
  }

  makeRoom(bounds: Bounds): void {
    if (this.#place.find() === undefined) return
    this.#place.commit((batch, { values }) => {
      const isFull = () => exceeds(usageOf(batch.db, batch.state), bounds)
      dropWhile(isFull, { batch, values, bounds })
    })
    if (!Number.isFinite(bounds.bytes) || this.#place.giveBack(bounds.bytes * SLACK)) return
    // The database's file keeps its size: what is in files of their own makes room for it.
    this.#place.commit((batch, environment) => {
      const most = bounds.bytes * SLACK - environment.sizeBytes
      const isFull = () => batch.state.fileBytes > Math.max(most, 0)
      dropWhile(isFull, { batch, values: environment.values, bounds })
    })
  }

  rankBy(policy: string, rank: Parameters<Ranks['rankBy']>[1]): void {
    const environment = this.#place.find()
    if (environment !== undefined && readState(environment.db).policy === policy) return
    this.#place.commit((batch, { values }) => {
      if (batch.state.policy === policy) return
      batch.change({ policy })
      for (const row of scan(
        () => batch.db,
        '',
        row => row,
      ))
        rankAnew(row, batch, values, rank)
    })
  }
}

/** How far the database's file and the others may together exceed a bound, for pages that hold nothing. */
const SLACK = 1.15

function usageOf(db: Database, state: State): Usage {
  return { bytes: db.usedBytes() + state.fileBytes, entries: state.ranked }
}

function exceeds(usage: Usage, bounds: Bounds): boolean {
  return usage.bytes > bounds.bytes || usage.entries > bounds.entries
}

interface Dropping {
  readonly batch: Batch
  readonly values: LargeValues
  readonly bounds: Bounds
}

function dropWhile(isFull: () => boolean, dropping: Dropping): void {
  const { batch, bounds } = dropping
  while (isFull()) {
    // Collected first: deleting while iterating leaves pages behind.
    const expired = {
      start: Buffer.from(ROW.expiry),
      end: ordered(ROW.expiry, bounds.nowMs),
      limit: PAGE_ROWS,
    }
    const gone = batch.db.keys(expired)
    const rows = gone.length > 0 ? gone : batch.db.keys({ ...rowsOf(ROW.rank), limit: PAGE_ROWS })
    if (rows.length === 0) return
    for (const row of rows) {
      if (!isFull()) return
      drop(row, gone.length === 0, dropping)
    }
  }
}

function drop(orderRow: Buffer, isByRank: boolean, { batch, values, bounds }: Dropping): void {
  const { number, entry } = unordered(orderRow)
  batch.forgetOrder(orderRow)
  const bytes = batch.db.get(entry)
  if (bytes === undefined) return
  const record = decodeRecord(bytes)
  const key = recordKey(entry, bytes)
  const sizeBytes = bytes.length + (record.file === undefined ? 0 : blockBytes(record.file.bytes))
  if (isByRank && number > batch.state.floor) batch.change({ floor: number })
  const changes: readonly Change[] = bounds.dropping(key, listedBytes(record, values), sizeBytes)
  batch.removeRow(entry)
  applyChanges(changes, { batch, values })
}

function rankAnew(
  row: Buffer,
  batch: Batch,
  values: LargeValues,
  rank: Parameters<Ranks['rankBy']>[1],
): void {
  const bytes = batch.db.get(row)
  if (bytes === undefined) return
  const record = decodeRecord(bytes)
  const key = recordKey(row, bytes)
  const facts = batch.facts(row)
  const ranked = rank(listedBytes(record, values), facts, key)
  if (ranked === (batch.touched(row)?.rank ?? record.rank)) return
  if (ranked !== undefined && record.rank !== undefined)
    batch.touch(row, ranked, facts.usedAtMs ?? Number.NaN)
  else
    batch.put(key, {
      ...record,
      rank: ranked,
      expiresAtMs: ranked === undefined ? undefined : record.expiresAtMs,
    })
}

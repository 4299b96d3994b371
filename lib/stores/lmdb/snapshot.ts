import type { Snapshot, StoreEntry } from '../store.ts'
import { undoKey } from './batch.ts'
import { after, entryKey, ROW, rangeOf } from './database-key.ts'
import type { Database } from './engine.ts'
import type { LargeValues } from './large-values.ts'
import { type Found, inOrder, listedBytes, scan, wholeBytes } from './reading.ts'
import { decodeRecord, recordKey } from './record.ts'

/** A record may be replaced between looking for it and looking for its file. */
const TRIES = 5

/** Where a snapshot reads. */
export interface SnapshotSource {
  /** The database as of now; undefined if it is gone. */
  latest(): Database | undefined
  values(): LargeValues
}

/**
 * What a store held after `commit`. Writers keep for it what they replace, because it is registered; no read transaction
 * stays open. `release` ends the registration.
 */
export function snapshotAt(commit: number, source: SnapshotSource, release: () => void): Snapshot {
  return {
    get: key => wholeAt(source, entryKey(key), commit),
    entries: (prefix = '') => entriesAt(source, prefix, commit),
    close: release,
  }
}

/** What an empty store held. */
export const EMPTY_SNAPSHOT: Snapshot = Object.freeze({
  get: () => undefined,
  entries: () => [],
  close: () => {},
})

/** A copy of all `entries` in memory. */
export function copySnapshot(
  entries: Iterable<StoreEntry>,
  get: (key: string) => Uint8Array | undefined,
): Snapshot {
  const listed = [...entries]
  const whole = new Map(listed.map(([key, bytes]) => [key, get(key) ?? bytes]))
  return {
    get: key => copyOf(whole.get(key)),
    entries: (prefix = '') =>
      listed.filter(([key]) => key.startsWith(prefix)).map(([key, bytes]) => [key, copyOf(bytes)!] as const),
    close: () => whole.clear(),
  }
}

function copyOf(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes === undefined ? undefined : new Uint8Array(bytes)
}

function wholeAt(source: SnapshotSource, row: Buffer, commit: number): Uint8Array | undefined {
  for (let tries = 1; ; tries += 1) {
    const bytes = recordAt(source.latest(), row, commit)
    if (bytes === undefined) return undefined
    const record = decodeRecord(bytes)
    const whole = wholeBytes(record, source.values())
    if (whole !== undefined || tries === TRIES) return whole ?? record.inline
  }
}

function* entriesAt(source: SnapshotSource, prefix: string, commit: number): Generator<StoreEntry> {
  const latest = () => source.latest()
  const place = (row: Buffer, bytes: Buffer): Found => ({ row, order: decodeRecord(bytes).order })
  const current = scan(latest, prefix, (row, bytes) =>
    decodeRecord(bytes).commit <= commit ? place(row, bytes) : undefined,
  )
  yield* inOrder(both(current, undosOf(source, prefix, commit)), row => {
    const bytes = recordAt(source.latest(), row, commit)
    return bytes === undefined
      ? undefined
      : [recordKey(row, bytes), listedBytes(decodeRecord(bytes), source.values())]
  })
}

/** The current rows first, and then those that were replaced: one that is replaced in between is found twice, never not at all. */
function* both(current: Iterable<Found>, undos: Iterable<Found>): Generator<Found> {
  const seen = new Set<string>()
  for (const found of current) {
    seen.add(found.row.toString('latin1'))
    yield found
  }
  for (const found of undos) if (!seen.has(found.row.toString('latin1'))) yield found
}

function* undosOf(source: SnapshotSource, prefix: string, commit: number): Generator<Found> {
  const range = rangeOf(prefix)
  const start = Buffer.from(range.start)
  const end = Buffer.from(range.end)
  start.write(ROW.undo, 0, 'latin1')
  if (prefix === '') end.set(after(Buffer.from(ROW.undo)))
  else end.write(ROW.undo, 0, 'latin1')
  for (let next = start; ; ) {
    const rows = source.latest()?.rows({ start: next, end, limit: 500 }) ?? []
    for (const { key, value } of rows) {
      const row = Buffer.from(key.subarray(0, key.length - 8))
      row.write(ROW.entry, 0, 'latin1')
      const record = value.subarray(8)
      if (holdsAt(value, commit) && recordKey(row, record).startsWith(prefix))
        yield { row, order: decodeRecord(record).order }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < 500) return
    next = Buffer.concat([last.key, Buffer.of(0)])
  }
}

/** What the row held after `commit`. */
function recordAt(db: Database | undefined, row: Buffer, commit: number): Buffer | undefined {
  return db?.together(() => recordAtIn(db, row, commit))
}

function recordAtIn(db: Database, row: Buffer, commit: number): Buffer | undefined {
  const now = db.get(row)
  if (now !== undefined && decodeRecord(now).commit <= commit) return now
  const rows = db.rows({ start: undoKey(row, 0), end: undoKey(row, commit + 1), limit: 1_000 })
  for (const { key, value } of rows.reverse()) {
    if (key.length === row.length + 8 && holdsAt(value, commit)) return value.subarray(8)
  }
  return undefined
}

/** Whether an undo row tells what was there after `commit`. */
function holdsAt(undo: Buffer, commit: number): boolean {
  return decodeRecord(undo.subarray(8)).commit <= commit && commit < undo.readDoubleLE(0)
}

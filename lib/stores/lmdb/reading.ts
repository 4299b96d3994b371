import type { StoreEntry } from '../store.ts'
import { besides, ROW, rangeOf } from './database-key.ts'
import type { Database } from './engine.ts'
import type { LargeValues } from './large-values.ts'
import { decodeRecord, type Record, recordKey } from './record.ts'

/** So many rows are read at a time: a reader that stays longer keeps LMDB from using pages again. */
const PAGE_ROWS = 500
/** A listing of more keys is in the order of keys: for that of writing, all have to be held in memory. */
const MOST_SORTED = 200_000

/** All bytes of a record. Undefined where its file is gone: the record may be of yesterday. */
export function wholeBytes(record: Record, values: LargeValues): Uint8Array | undefined {
  const { inline, file } = record
  if (file === undefined) return inline
  // Not zeroed before it is filled: that would take as long as reading it.
  const bytes = Buffer.allocUnsafeSlow(inline.length + file.bytes)
  bytes.set(inline)
  const read = values.read(file.name, bytes, inline.length)
  return read === undefined ? undefined : bytes.subarray(0, inline.length + read)
}

/** The bytes as a listing shows them. */
export function listedBytes(record: Record, values: LargeValues): Uint8Array {
  return record.listsFile ? (wholeBytes(record, values) ?? record.inline) : record.inline
}

/** The bytes of `record` from `from` on, in memory of their own. */
export function tailBytes(record: Record, from: number, values: LargeValues): Uint8Array {
  return (wholeBytes(record, values) ?? record.inline).subarray(from)
}

/** A row of an entry that a listing has found. */
export interface Found {
  readonly row: Buffer
  readonly order: number
}

/**
 * All rows of entries whose keys begin with `prefix`, of which `accept` makes something: page by page, in the order of
 * rows. `latest` gives the database for the next page.
 */
export function* scan<T>(
  latest: () => Database | undefined,
  prefix: string,
  accept: (row: Buffer, bytes: Buffer) => T | undefined,
): Generator<T> {
  const { start, end } = rangeOf(prefix)
  for (let next: Buffer = start; ; ) {
    const rows = latest()?.rows({ start: next, end, limit: PAGE_ROWS }) ?? []
    for (const { key, value } of rows) {
      const accepted = recordKey(key, value).startsWith(prefix) ? accept(key, value) : undefined
      if (accepted !== undefined) yield accepted
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE_ROWS) return
    next = Buffer.concat([last.key, Buffer.of(0)])
  }
}

/**
 * `entry` of each row that `scan` finds, in the order in which keys were first written; in the order of rows, if there are
 * more than 200,000. A row that went in the meantime is left out.
 */
export function* inOrder(
  found: Iterator<Found>,
  entry: (row: Buffer) => StoreEntry | undefined,
): Generator<StoreEntry> {
  const sorted: Found[] = []
  let next = found.next()
  for (; next.done !== true && sorted.length < MOST_SORTED; next = found.next()) sorted.push(next.value)
  if (next.done === true) sorted.sort((a, b) => a.order - b.order)
  for (const { row } of sorted) {
    const listed = entry(row)
    if (listed !== undefined) yield listed
  }
  for (; next.done !== true; next = found.next()) {
    const listed = entry(next.value.row)
    if (listed !== undefined) yield listed
  }
}

/** Every entry under `prefix`, as it is when its turn comes. */
export function listEntries(
  latest: () => Database | undefined,
  values: () => LargeValues,
  prefix: string,
): Generator<StoreEntry> {
  const found = scan(latest, prefix, (row, bytes): Found => ({ row, order: decodeRecord(bytes).order }))
  return inOrder(found, row => {
    const db = latest()
    const bytes = db?.get(row)
    if (db === undefined || bytes === undefined) return undefined
    const record = decodeRecord(bytes)
    const usedAtMs = usedAt(db, row, record)
    return [recordKey(row, bytes), listedBytes(record, values()), { usedAtMs }]
  })
}

/** The times of use of entries without a rank are nobody's business. */
function usedAt(db: Database, row: Buffer, { rank }: Record): number | undefined {
  if (rank === undefined) return undefined
  return db.get(besides(ROW.touch, row))?.readDoubleLE(8)
}

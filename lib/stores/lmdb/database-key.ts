import { createHash } from 'node:crypto'

/** What the first byte of a key in the database says: which kind of row it is. Never reused for another. */
export const ROW = {
  /** An entry: `k` and its key. */
  entry: 'k',
  /** The order of ranks: `r`, the rank, and the key of the entry, as `k` has it. */
  rank: 'r',
  /** The order of expiry: `e`, the moment, and the key of the entry. */
  expiry: 'e',
  /** The last touch of an entry, and its rank since: `a` and the key of the entry. */
  touch: 'a',
  /** What a snapshot may still need: `u`, the key of the entry, and the commit that had written it. */
  undo: 'u',
  /** The same by the commit that replaced it: `q`, that commit, and the key of the `u` row. */
  undoEnd: 'q',
  /** A file of `values/` that entries refer to: `f` and its name. */
  file: 'f',
  /** A file that nobody refers to any more: `t` and its name. */
  trash: 't',
  /** The one row about the whole store. */
  state: 'm',
} as const

/** Longer ones are cut, and a hash of the whole added: LMDB allows 1978 bytes, and `r` and `u` rows add 8. */
const LONGEST = 1900
const HASH_BYTES = 32

/** The key of the row of the entry under `key`. */
export function entryKey(key: string): Buffer {
  const whole = Buffer.from(ROW.entry + key)
  if (whole.length <= LONGEST) return whole
  return Buffer.concat([whole.subarray(0, LONGEST), createHash('sha256').update(whole).digest()])
}

/** Whether the row's key is only the beginning of the entry's, which the row holds itself. */
export function isCut(row: Uint8Array): boolean {
  return row.length === LONGEST + HASH_BYTES
}

/** The entry's key, where it is not cut. */
export function keyOf(row: Buffer): string {
  return row.toString('utf8', 1)
}

/** The range of rows whose entries may have keys that begin with `prefix`: all of them, and others if it is very long. */
export function rangeOf(prefix: string): { readonly start: Buffer; readonly end: Buffer } {
  const start = Buffer.from(ROW.entry + prefix).subarray(0, LONGEST)
  return { start, end: after(start) }
}

/** The first key behind all that begin with `prefix`. Its last byte is not 255: UTF-8 and our letters have none. */
export function after(prefix: Uint8Array): Buffer {
  const end = Buffer.from(prefix)
  end[end.length - 1] = end.at(-1)! + 1
  return end
}

/** All rows of one kind. */
export function rowsOf(kind: string): { readonly start: Buffer; readonly end: Buffer } {
  return { start: Buffer.from(kind), end: after(Buffer.from(kind)) }
}

/** The row of another kind that belongs to the same entry. */
export function besides(kind: string, entry: Uint8Array): Buffer {
  const row = Buffer.from(entry)
  row.write(kind, 0, 'latin1')
  return row
}

/** The row of a number in the order of numbers, for an entry. */
export function ordered(kind: string, number: number, entry: Uint8Array = Buffer.alloc(1)): Buffer {
  const row = Buffer.allocUnsafe(8 + entry.length)
  row.write(kind, 0, 'latin1')
  writeSortable(row, number, 1)
  row.set(entry.subarray(1), 9)
  return row
}

/** The row of the entry that an `ordered` one is about, and its number. */
export function unordered(row: Buffer): { readonly number: number; readonly entry: Buffer } {
  const entry = Buffer.allocUnsafe(row.length - 8)
  entry.write(ROW.entry, 0, 'latin1')
  entry.set(row.subarray(9), 1)
  return { number: readSortable(row, 1), entry }
}

/** Eight bytes that sort as the number does; negative ones too. */
function writeSortable(into: Buffer, number: number, at: number): void {
  into.writeDoubleBE(number, at)
  const isNegative = into[at]! >= 0x80
  if (isNegative) for (let byte = at; byte < at + 8; byte += 1) into[byte] = ~into[byte]!
  else into[at] = into[at]! ^ 0x80
}

function readSortable(from: Buffer, at: number): number {
  const bytes = Buffer.from(from.subarray(at, at + 8))
  if (bytes[0]! >= 0x80) bytes[0] = bytes[0]! ^ 0x80
  else for (let byte = 0; byte < 8; byte += 1) bytes[byte] = ~bytes[byte]!
  return bytes.readDoubleBE(0)
}

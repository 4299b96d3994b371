import { align8 } from '../base/bytes.ts'
import { hash32, hashWords } from '../base/hash32.ts'

/** 'CDR' in the three low bytes; the highest byte holds the flags. */
const MARKER = 0x00524443
const DELETE = 1 << 24
const MORE = 1 << 25
const FLAGS = DELETE | MORE
export const RECORD_HEAD_BYTES = 24
export const LARGEST_KEY_BYTES = 0xffff
export const LARGEST_BODY_BYTES = 0xffff_ffff
/** Offsets are kept in units of 8 bytes. */
const UNIT = 8
/** Where a file ends at the latest, so that every offset has a number: 32 GiB. */
export const LARGEST_FILE_BYTES = UNIT * 0xffff_ffff

/**
 * One change of one key, as it lies in a file: head, key, padding, body, padding, and in a log the head once more.
 * The head's checksum covers the id of the file and the record's own place in it, so that neither a copy of a record
 * inside somebody's value nor one from another file can pass for a record.
 */
export interface RecordHead {
  readonly deletes: boolean
  /** The next record belongs to the same batch: none of it counts before the last one is there. */
  readonly more: boolean
  readonly keyBytes: number
  readonly bodyBytes: number
  readonly keyHash: number
  /** Of a log: every byte before this offset was durable when the record was written. Else 0. */
  readonly synced: number
}

/** What a file's id contributes to the checksums of its records. */
export function recordSeed(id: Uint8Array): number {
  return hash32(id, 0)
}

/** `key` as it lies in a record. Throws `TypeError` for one that could not be told from another, or is longer than 65,535 bytes. */
export function encodeKey(key: string): Buffer {
  const bytes = Buffer.from(key, 'utf8')
  if (bytes.length <= LARGEST_KEY_BYTES && key.isWellFormed()) return bytes
  const why = key.isWellFormed() ? `it has ${bytes.length} bytes` : 'it is no well-formed Unicode'
  throw new TypeError(
    `${JSON.stringify(key.slice(0, 40))}… cannot be a key of a store: ${why}. Keys are text of up to ${LARGEST_KEY_BYTES} bytes in UTF-8.`,
  )
}

export function keyHash(key: Uint8Array): number {
  return hash32(key, 0)
}

/** Where a record's body begins, counted from the record's first byte: aligned, so that it can be read in place. */
export function bodyStart(head: Pick<RecordHead, 'keyBytes'>): number {
  return align8(RECORD_HEAD_BYTES + head.keyBytes)
}

/** The length of a whole record; `tailed` in logs, where the head stands again at the end. */
export function recordBytes(head: Pick<RecordHead, 'keyBytes' | 'bodyBytes'>, tailed: boolean): number {
  return bodyStart(head) + align8(head.bodyBytes) + (tailed ? RECORD_HEAD_BYTES : 0)
}

/** Writes `head` into `target` at `at`, for a record that will lie at `offset` of the file with `seed`. */
export function writeHead(target: Buffer, at: number, head: RecordHead, seed: number, offset: number): void {
  const kind = MARKER | (head.deletes ? DELETE : 0) | (head.more ? MORE : 0)
  target.writeUInt32LE(kind, at)
  target.writeUInt32LE(head.keyBytes, at + 4)
  target.writeUInt32LE(head.bodyBytes, at + 8)
  target.writeUInt32LE(head.keyHash, at + 12)
  const syncedUnits = head.synced / UNIT
  target.writeUInt32LE(syncedUnits, at + 16)
  target.writeUInt32LE(
    hashWords(seed, kind, head.keyBytes, head.bodyBytes, head.keyHash, syncedUnits, offset / UNIT),
    at + 20,
  )
}

/** The head at `at`, if it is sound and belongs to a record at `offset` of the file with `seed`. */
export function parseHead(source: Buffer, at: number, seed: number, offset: number): RecordHead | undefined {
  if (at < 0 || at + RECORD_HEAD_BYTES > source.length) return undefined
  const kind = source.readUInt32LE(at)
  if ((kind & ~FLAGS) !== MARKER) return undefined
  const keyBytes = source.readUInt32LE(at + 4)
  const bodyBytes = source.readUInt32LE(at + 8)
  const hash = source.readUInt32LE(at + 12)
  const syncedUnits = source.readUInt32LE(at + 16)
  const check = hashWords(seed, kind, keyBytes, bodyBytes, hash, syncedUnits, offset / UNIT)
  if (source.readUInt32LE(at + 20) !== check) return undefined
  return {
    deletes: (kind & DELETE) !== 0,
    more: (kind & MORE) !== 0,
    keyBytes,
    bodyBytes,
    keyHash: hash,
    synced: syncedUnits * UNIT,
  }
}

/** Whether a head could begin here at all: what a search for the next sound record looks at first. */
export function hasMarker(source: Buffer, at: number): boolean {
  return at + 4 <= source.length && (source.readUInt32LE(at) & ~FLAGS) === MARKER
}

import { constants } from 'node:buffer'
import { isOwner } from '../../files/owner.ts'
import { isCut, keyOf } from './database-key.ts'

/** A multiple of 8: what follows is where a Float64Array may begin. */
const HEADER_BYTES = 56
const LISTS_FILE = 1
/** As much as one Buffer may hold. */
const LARGEST_FILE_BYTES = constants.MAX_LENGTH

/**
 * What lies under the row of an entry: 56 bytes of header (little-endian: flags u32, bytes of the head u32, first
 * written f64, last written f64, rank f64, expiry f64, bytes in the file f64, length of the file's name u32, length of
 * the key u32), then the bytes that are kept here, the file's name, and the key where the row's own is cut.
 */
export interface Record {
  /** Bytes that are kept here: the head, and a tail that is not large. */
  readonly inline: Uint8Array
  /** How many of all bytes come before the tail. */
  readonly headBytes: number
  /** More of them, in a file of their own. */
  readonly file: ValueFile | undefined
  /** Whether the file holds more than the tail, so that a listing needs it. */
  readonly listsFile: boolean
  /** Where it stands in the order of first writing. */
  readonly order: number
  /** The commit that wrote it last. */
  readonly commit: number
  readonly rank: number | undefined
  readonly expiresAtMs: number | undefined
}

/** A file of `values/`. */
export interface ValueFile {
  readonly name: string
  readonly bytes: number
}

/** The record as bytes, for the entry under `key` in `row`. */
export function encodeRecord(record: Record, row: Uint8Array, key: string): Buffer {
  const { inline, file } = record
  const name = file === undefined ? '' : file.name
  const keyBytes = isCut(row) ? Buffer.byteLength(key) : 0
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + inline.length + name.length + keyBytes)
  bytes.writeUInt32LE(record.listsFile ? LISTS_FILE : 0, 0)
  bytes.writeUInt32LE(record.headBytes, 4)
  bytes.writeDoubleLE(record.order, 8)
  bytes.writeDoubleLE(record.commit, 16)
  bytes.writeDoubleLE(record.rank ?? Number.NaN, 24)
  bytes.writeDoubleLE(record.expiresAtMs ?? Number.NaN, 32)
  bytes.writeDoubleLE(file?.bytes ?? 0, 40)
  bytes.writeUInt32LE(name.length, 48)
  bytes.writeUInt32LE(keyBytes, 52)
  bytes.set(inline, HEADER_BYTES)
  if (name !== '') bytes.write(name, HEADER_BYTES + inline.length, 'latin1')
  if (keyBytes > 0) bytes.write(key, bytes.length - keyBytes, 'utf8')
  return bytes
}

/** The record that `encodeRecord` made; its bytes are views of `bytes`. What is no record reads as an empty one. */
export function decodeRecord(bytes: Buffer): Record {
  if (bytes.length < HEADER_BYTES) return decodeRecord(Buffer.alloc(HEADER_BYTES))
  const nameBytes = bytes.readUInt32LE(48)
  const end = bytes.length - nameBytes - bytes.readUInt32LE(52)
  const fileBytes = bytes.readDoubleLE(40)
  // Damage must not lead out of the folder of values.
  const named = nameBytes === 0 ? '' : bytes.toString('latin1', Math.max(end, 0), end + nameBytes)
  const name = isOwner(named) && isLength(fileBytes) ? named : ''
  return {
    inline: bytes.subarray(HEADER_BYTES, Math.max(end, HEADER_BYTES)),
    headBytes: bytes.readUInt32LE(4),
    file: name === '' ? undefined : { name, bytes: fileBytes },
    listsFile: (bytes.readUInt32LE(0) & LISTS_FILE) !== 0,
    order: bytes.readDoubleLE(8),
    commit: bytes.readDoubleLE(16),
    rank: unlessNaN(bytes.readDoubleLE(24)),
    expiresAtMs: unlessNaN(bytes.readDoubleLE(32)),
  }
}

/** The key of the entry in `row`. */
export function recordKey(row: Buffer, bytes: Buffer): string {
  return isCut(row) ? bytes.toString('utf8', bytes.length - bytes.readUInt32LE(52)) : keyOf(row)
}

function isLength(bytes: number): boolean {
  return Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= LARGEST_FILE_BYTES
}

function unlessNaN(number: number): number | undefined {
  return Number.isNaN(number) ? undefined : number
}

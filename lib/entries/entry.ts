import { crc32 } from 'node:zlib'
import { align8 } from '../base/bytes.ts'
import { hashText } from '../base/hash32.ts'
import { isSoundBody } from '../codec/body.ts'
import { encodeShared, unpack } from '../codec/messagepack.ts'

/** One kept result, or one value that a block set, and what is known of it. */
export interface Entry {
  readonly status: 'value' | 'error'
  /** It came as a promise, and is given back as one. */
  readonly promise: boolean
  /** The function that made it; '' where a block set it, or the function has no name. */
  readonly name: string
  /** As `renderCodeVersion` gives it; '' where a block set it: true for whatever code. */
  readonly codeVersion: string
  readonly createdAtMs: number
  readonly expiresAtMs: number | undefined
  /** What evaluating it took; 0 where a block set it. */
  readonly costMs: number
  /** Which codec encoded `value`. */
  readonly codecId: string
  /** The user's own key, encoded; undefined under a computed key. */
  readonly key: Uint8Array | undefined
  /** The arguments, encoded, where they are small. */
  readonly args: Uint8Array | undefined
  /** The store keys of earlier versions: of other code, or, with a history, expired. Oldest first. */
  readonly older: readonly string[]
  /** The value or error, encoded. */
  readonly value: Uint8Array
}

const HEAD_BYTES = 8
/** In the head's fourth byte from the end. */
const IS_ERROR = 1
const IS_PROMISE = 2
const LONGEST_META_BYTES = 0xff_ffff

/**
 * Renders `entry` for the store key under which it will lie: checksum of all that follows and of the key, then length
 * of the description and flags, the description in MessagePack, and, 8-aligned, the value.
 */
export function encodeEntry(entry: Entry, storeKey: string): Uint8Array {
  const meta = encodeShared([
    entry.name,
    entry.codeVersion,
    entry.createdAtMs,
    entry.expiresAtMs ?? null,
    entry.costMs,
    entry.codecId,
    entry.key ?? null,
    entry.args ?? null,
    entry.older,
  ])
  if (meta.length > LONGEST_META_BYTES)
    throw new RangeError(`The key of an entry takes ${meta.length} bytes; the bound is 16 MiB.`)
  const start = align8(HEAD_BYTES + meta.length)
  // From the pool where it is small: 8-aligned like memory of its own.
  const frame = Buffer.allocUnsafe(start + entry.value.byteLength)
  const flags = (entry.status === 'error' ? IS_ERROR : 0) | (entry.promise ? IS_PROMISE : 0)
  frame.writeUInt32LE(meta.length | (flags << 24), 4)
  frame.set(meta, HEAD_BYTES)
  frame.fill(0, HEAD_BYTES + meta.length, start)
  frame.set(entry.value, start)
  frame.writeUInt32LE(checksum(frame, storeKey), 0)
  return frame
}

/** Reads what `encodeEntry` rendered for `storeKey`; undefined where it is damaged, or was rendered for another key. */
export function decodeEntry(frame: Uint8Array, storeKey: string): Entry | undefined {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  if (!isSound(view, storeKey)) return undefined
  const word = view.readUInt32LE(4)
  const flags = word >>> 24
  const metaBytes = word & LONGEST_META_BYTES
  const start = align8(HEAD_BYTES + metaBytes)
  if (start > frame.byteLength) return undefined
  const meta = readMeta(frame.subarray(HEAD_BYTES, HEAD_BYTES + metaBytes))
  if (meta === undefined) return undefined
  return {
    status: (flags & IS_ERROR) === 0 ? 'value' : 'error',
    promise: (flags & IS_PROMISE) !== 0,
    ...meta,
    value: frame.subarray(start),
  }
}

/** Whether `frame` holds a value (and no error), undamaged: what a listing asks of each, without reading on. */
export function holdsValue(frame: Uint8Array, storeKey: string): boolean {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  return isSound(view, storeKey) && ((view[7] ?? 0) & IS_ERROR) === 0
}

function checksum(frame: Uint8Array, storeKey: string): number {
  return crc32(frame.subarray(4), hashText(storeKey))
}

function isSound(view: Buffer, storeKey: string): boolean {
  return view.length >= HEAD_BYTES && view.readUInt32LE(0) === checksum(view, storeKey)
}

type Meta = Omit<Entry, 'status' | 'promise' | 'value'>

/** Bytes with a right checksum may still be somebody's forgery: every field is looked at. */
function readMeta(bytes: Uint8Array): Meta | undefined {
  if (!isSoundBody(bytes, true)) return undefined
  let fields: unknown
  try {
    fields = unpack(bytes)
  } catch {
    return undefined
  }
  if (!Array.isArray(fields)) return undefined
  const [name, codeVersion, createdAtMs, expiresAtMs, costMs, codecId, key, args, older] = fields as unknown[]
  if (typeof name !== 'string' || typeof codeVersion !== 'string' || typeof codecId !== 'string')
    return undefined
  if (typeof createdAtMs !== 'number' || typeof costMs !== 'number') return undefined
  if (expiresAtMs !== null && typeof expiresAtMs !== 'number') return undefined
  if (!isBytesOrNull(key) || !isBytesOrNull(args)) return undefined
  if (!Array.isArray(older) || !older.every((item): item is string => typeof item === 'string'))
    return undefined
  return {
    name,
    codeVersion,
    createdAtMs,
    expiresAtMs: expiresAtMs ?? undefined,
    costMs,
    codecId,
    key: key ?? undefined,
    args: args ?? undefined,
    older,
  }
}

function isBytesOrNull(value: unknown): value is Uint8Array | null {
  return value === null || value instanceof Uint8Array
}

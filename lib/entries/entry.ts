import { crc32 } from 'node:zlib'
import { align8 } from '../base/bytes.ts'
import { isCacheError } from '../base/errors.ts'
import { hashText } from '../base/hash32.ts'
import { isSoundBody } from '../codec/body.ts'
import { encodeShared, unpack } from '../codec/messagepack.ts'
import type { KeptVersion } from './code-version.ts'
import { type MadeOf, packMadeOf, unpackMadeOf } from './made-of.ts'

/** What is known of one kept result, or of one value that a block set, besides its value. */
export interface EntryHead extends KeptVersion {
  readonly status: 'value' | 'error'
  /** It came as a promise, and is given back as one. */
  readonly promise: boolean
  /** The function that made it; '' where a block set it, or the function has no name. */
  readonly name: string
  /** '' where a block set it: true for whatever code. */
  readonly codeVersion: string
  readonly madeOf: MadeOf
  readonly createdAtMs: number
  readonly expiresAtMs: number | undefined
  /** What evaluating it took; 0 where a block set it. */
  readonly costMs: number
  /** Which codec encoded the value. */
  readonly codecId: string
  /** The user's own key, encoded; undefined under a computed key. */
  readonly key: Uint8Array | undefined
  /** The arguments, encoded, where they are small. */
  readonly args: Uint8Array | undefined
  /** The store keys of earlier versions: of other code, or, with a history, expired. Oldest first. */
  readonly older: readonly string[]
}

export interface Entry extends EntryHead {
  /** The value or error, encoded. */
  readonly value: Uint8Array
}

/** The head of an entry that lies somewhere, and what it says of the value that follows it. */
export interface LyingHead extends EntryHead {
  readonly valueBytes: number
  readonly valueSum: number
  /** Where in the frame the value begins. */
  readonly valueStart: number
}

/** Checksum of the head; length of the description and flags; checksum of the value; nothing; length of the value. */
const FIXED_BYTES = 24
/** In the high byte of the second word. */
const IS_ERROR = 1
const IS_PROMISE = 2
const LONGEST_META_BYTES = 0xff_ffff

/**
 * Renders `entry` for the store key under which it will lie: the head, and, 8-aligned, the value. The head's checksum
 * covers the store key and the value's checksum: so a head tells what it is without its value, and neither passes for another's.
 */
export function encodeEntry(entry: Entry, storeKey: string): Uint8Array {
  const frame = layOut(
    entry,
    { valueBytes: entry.value.byteLength, valueSum: crc32(entry.value) },
    storeKey,
    true,
  )
  frame.set(entry.value, frame.byteLength - entry.value.byteLength)
  return frame
}

/** Renders the head alone, of a value that lies elsewhere. */
export function encodeHead(
  head: EntryHead,
  value: Pick<LyingHead, 'valueBytes' | 'valueSum'>,
  storeKey: string,
): Uint8Array {
  return layOut(head, value, storeKey, false)
}

function layOut(
  entry: EntryHead,
  { valueBytes, valueSum }: Pick<LyingHead, 'valueBytes' | 'valueSum'>,
  storeKey: string,
  withValue: boolean,
): Buffer {
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
    entry.values,
    packMadeOf(entry.madeOf),
  ])
  if (meta.length > LONGEST_META_BYTES)
    throw new RangeError(`The key of an entry takes ${meta.length} bytes; the bound is 16 MiB.`)
  const start = align8(FIXED_BYTES + meta.length)
  // From the pool where it is small: 8-aligned like memory of its own.
  const frame = Buffer.allocUnsafe(withValue ? start + valueBytes : start)
  const flags = (entry.status === 'error' ? IS_ERROR : 0) | (entry.promise ? IS_PROMISE : 0)
  frame.writeUInt32LE(meta.length | (flags << 24), 4)
  frame.writeUInt32LE(valueSum, 8)
  frame.writeUInt32LE(0, 12)
  frame.writeDoubleLE(valueBytes, 16)
  frame.set(meta, FIXED_BYTES)
  frame.fill(0, FIXED_BYTES + meta.length, start)
  frame.writeUInt32LE(headSum(frame, start, storeKey), 0)
  return frame
}

/** Reads what `encodeEntry` rendered for `storeKey`; undefined where it is damaged, or was rendered for another key. */
export function decodeEntry(frame: Uint8Array, storeKey: string): Entry | undefined {
  const head = decodeHead(frame, storeKey)
  if (head === undefined) return undefined
  const value = frame.subarray(head.valueStart)
  if (value.byteLength !== head.valueBytes || crc32(value) !== head.valueSum) return undefined
  return entryOf(head, value)
}

/** Written out: an object that was made by spreading is several times slower to make, and to read ever after. */
function entryOf(head: EntryHead, value: Uint8Array): Entry {
  return {
    status: head.status,
    promise: head.promise,
    name: head.name,
    codeVersion: head.codeVersion,
    values: head.values,
    madeOf: head.madeOf,
    createdAtMs: head.createdAtMs,
    expiresAtMs: head.expiresAtMs,
    costMs: head.costMs,
    codecId: head.codecId,
    key: head.key,
    args: head.args,
    older: head.older,
    value,
  }
}

/** Reads the head of a frame, whose value may be missing or damaged; undefined where the head is. */
export function decodeHead(frame: Uint8Array, storeKey: string): LyingHead | undefined {
  const view = viewOf(frame)
  const valueStart = soundStart(view, storeKey)
  if (valueStart === undefined) return undefined
  const word = view.readUInt32LE(4)
  const flags = word >>> 24
  const meta = readMeta(frame.subarray(FIXED_BYTES, FIXED_BYTES + (word & LONGEST_META_BYTES)))
  if (meta === undefined) return undefined
  return {
    status: (flags & IS_ERROR) === 0 ? 'value' : 'error',
    promise: (flags & IS_PROMISE) !== 0,
    ...meta,
    valueBytes: view.readDoubleLE(16),
    valueSum: view.readUInt32LE(8),
    valueStart,
  }
}

/** Whether `frame` holds a value (and no error), undamaged: without reading more of it than that takes. */
export function holdsValue(frame: Uint8Array, storeKey: string): boolean {
  const view = viewOf(frame)
  const start = valueHeadEnd(view, storeKey)
  if (start === undefined) return false
  const value = frame.subarray(start)
  return value.byteLength === view.readDoubleLE(16) && crc32(value) === view.readUInt32LE(8)
}

/** The same of a frame in a listing, which may come without its value: then nothing is known of that. */
export function mayHoldValue(frame: Uint8Array, storeKey: string): boolean {
  const start = valueHeadEnd(viewOf(frame), storeKey)
  return start === frame.byteLength || (start !== undefined && holdsValue(frame, storeKey))
}

/** Where the sound head of a value (and no error) ends. */
function valueHeadEnd(view: Buffer, storeKey: string): number | undefined {
  const start = soundStart(view, storeKey)
  return ((view[7] ?? 0) & IS_ERROR) === 0 ? start : undefined
}

/** A text that is another for every other entry, as far as its checksums tell: of a frame with or without its value. */
export function frameText(frame: Uint8Array): string {
  return viewOf(frame.subarray(0, FIXED_BYTES)).toString('latin1')
}

function viewOf(frame: Uint8Array): Buffer {
  return Buffer.isBuffer(frame) ? frame : Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
}

/** Where the value of a frame with a sound head begins. */
function soundStart(view: Buffer, storeKey: string): number | undefined {
  if (view.length < FIXED_BYTES) return undefined
  const start = align8(FIXED_BYTES + (view.readUInt32LE(4) & LONGEST_META_BYTES))
  return start <= view.length && view.readUInt32LE(0) === headSum(view, start, storeKey) ? start : undefined
}

function headSum(frame: Uint8Array, end: number, storeKey: string): number {
  return crc32(frame.subarray(4, end), hashText(storeKey))
}

/** Bytes with a right checksum may still be somebody's forgery: every field is looked at. */
function readMeta(bytes: Uint8Array): Omit<EntryHead, 'status' | 'promise'> | undefined {
  if (!isSoundBody(bytes, true)) return undefined
  let fields: unknown
  try {
    fields = unpack(bytes)
  } catch (error) {
    // That the package which unpacks is missing is no damage.
    if (isCacheError(error)) throw error
    return undefined
  }
  if (!Array.isArray(fields)) return undefined
  const [name, codeVersion, createdAtMs, expiresAtMs, costMs, codecId, key, args, older, values, packed] =
    fields as unknown[]
  if (typeof name !== 'string' || typeof codeVersion !== 'string' || typeof codecId !== 'string')
    return undefined
  if (typeof createdAtMs !== 'number' || typeof costMs !== 'number') return undefined
  if (expiresAtMs !== null && typeof expiresAtMs !== 'number') return undefined
  if (!isBytesOrNull(key) || !isBytesOrNull(args)) return undefined
  if (!Array.isArray(older) || !older.every((item): item is string => typeof item === 'string'))
    return undefined
  const madeOf = unpackMadeOf(packed)
  if (typeof values !== 'string' || madeOf === undefined) return undefined
  return {
    name,
    codeVersion,
    values,
    madeOf,
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

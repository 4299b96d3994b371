/*
 * The layout of encoded bytes (docs/reference/codec-format.md has it in full, with every extension type):
 *
 *   tree      0x10, body
 *   graph     0x11, body
 *   attached  0x12, 0x00, length of the body as 6 bytes big-endian, body, attachments
 *
 * A body is one MessagePack value. In tree form it is the value itself, without any extension. In graph form it is
 * the array [root, ...hoisted objects] of `lower`. Attachments are large binary contents: each begins at a multiple of
 * 8 from the start of the encoded bytes, with zeros between; the last ends where the bytes end.
 */
import { align8 } from '../base/bytes.ts'
import { CacheError, isCacheError } from '../base/errors.ts'
import { Attachments } from './attachments.ts'
import { isSoundBody } from './body.ts'
import { lower } from './lower.ts'
import { encodeShared, pack, unpack } from './messagepack.ts'
import { raise } from './raise.ts'
import { isPlainTree } from './tree.ts'

const TREE = 0x10
const GRAPH = 0x11
const ATTACHED = 0x12
const SHORT_HEADER_BYTES = 1
const LONG_HEADER_BYTES = 8

/** Turns values into bytes and back. `id` is kept with the bytes: another id is another format. */
export interface Codec {
  readonly id: string
  encode(value: unknown): Uint8Array
  decode(bytes: Uint8Array): unknown
}

/**
 * `value` as bytes of its own, from which `decode` makes an equal one. `root` names the value in error messages.
 * Large binary contents are copied once. Throws ERR_CACHE_UNENCODABLE, naming the place, on anything that would not
 * come back equal.
 */
export function encodeNamed(value: unknown, root: string): Uint8Array {
  if (isPlainTree(value)) return packTree(value, root)
  const attachments = new Attachments()
  const table = lower(value, root, attachments)
  try {
    return packGraph(table, attachments)
  } catch (cause) {
    throw unpacked(root, cause)
  }
}

function packGraph(table: readonly unknown[], attachments: Attachments): Uint8Array {
  if (attachments.sizeBytes === 0) {
    const bytes = pack(table, SHORT_HEADER_BYTES)
    bytes[0] = GRAPH
    return bytes
  }
  return packAttached(table, attachments)
}

function packTree(value: unknown, root: string): Uint8Array {
  try {
    const bytes = pack(value, SHORT_HEADER_BYTES)
    bytes[0] = TREE
    return bytes
  } catch (cause) {
    throw unpacked(root, cause)
  }
}

// All that is left to go wrong: the engine refuses to allocate that much, or a length outgrows its four bytes; or the
// package that packs is missing, which says so itself.
function unpacked(root: string, cause: unknown): CacheError {
  if (isCacheError(cause)) return cause
  return new CacheError(
    'ERR_CACHE_UNENCODABLE',
    `Cannot keep ${root}: it is too large to encode. Keep it in parts.`,
    { details: { path: root, type: 'too large' }, cause },
  )
}

function packAttached(table: readonly unknown[], attachments: Attachments): Uint8Array {
  const body = encodeShared(table)
  const start = align8(LONG_HEADER_BYTES + body.byteLength)
  const bytes = new Uint8Array(start + attachments.sizeBytes)
  bytes[0] = ATTACHED
  const view = headerView(bytes)
  view.setUint16(2, Math.floor(body.byteLength / 2 ** 32))
  view.setUint32(4, body.byteLength % 2 ** 32)
  bytes.set(body, LONG_HEADER_BYTES)
  attachments.writeTo(bytes, start)
  return bytes
}

/**
 * The value that `bytes` were encoded from. Large typed arrays and Buffers in it are views onto `bytes`, which belong
 * to the value from then on. Throws ERR_CACHE_CORRUPT on bytes that no `encode` wrote, ERR_CACHE_UNDECODABLE where a
 * class is missing; time and memory are bounded by the length of `bytes`.
 */
export function decode(bytes: Uint8Array): unknown {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`decode was given ${typeof bytes}. Give the Uint8Array that encode made.`)
  }
  try {
    switch (bytes[0]) {
      case TREE:
        return unpack(bodyOf(bytes, SHORT_HEADER_BYTES, bytes.byteLength, false))
      case GRAPH:
        return decodeGraph(bytes, SHORT_HEADER_BYTES, bytes.byteLength, bytes.byteLength)
      case ATTACHED:
        return decodeAttached(bytes)
      default:
        throw new RangeError('the first byte is none of ours')
    }
  } catch (error) {
    if (isCacheError(error)) throw error
    throw new CacheError(
      'ERR_CACHE_CORRUPT',
      `Cannot restore a value from ${bytes.byteLength} bytes: they are damaged, or no encode() of this package wrote ` +
        'them. Let the value be computed again.',
      { details: { sizeBytes: bytes.byteLength }, cause: error },
    )
  }
}

function decodeAttached(bytes: Uint8Array): unknown {
  if (bytes.byteLength < LONG_HEADER_BYTES || bytes[1] !== 0) throw new RangeError('the header is damaged')
  const view = headerView(bytes)
  const end = LONG_HEADER_BYTES + view.getUint16(2) * 2 ** 32 + view.getUint32(4)
  if (end > bytes.byteLength) throw new RangeError('the body is cut off')
  return decodeGraph(bytes, LONG_HEADER_BYTES, end, align8(end))
}

function decodeGraph(bytes: Uint8Array, start: number, end: number, attachedStart: number): unknown {
  const table = unpack(bodyOf(bytes, start, end, true))
  if (!Array.isArray(table) || table.length === 0) throw new RangeError('the body is no table')
  const attached = { bytes, start: attachedStart, end: attachedStart, taken: 0 }
  const value = raise(table, attached)
  if (attached.end !== bytes.byteLength) throw new RangeError('there are bytes that nothing refers to')
  return value
}

function bodyOf(bytes: Uint8Array, start: number, end: number, extended: boolean): Uint8Array {
  // A plain Uint8Array also where `bytes` is a Buffer, whose methods are slower.
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)
  if (!isSoundBody(body, extended)) throw new RangeError('the body is damaged')
  return body
}

function headerView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, LONG_HEADER_BYTES)
}

/** `encodeNamed` under the name that a function's result has in error messages. */
export function encode(value: unknown): Uint8Array {
  return encodeNamed(value, 'result')
}

/** Whether `bytes`, which `encode` made, hold a plain tree: no sharing, no cycles, plain objects and arrays alone. */
export function isTree(bytes: Uint8Array): boolean {
  return bytes[0] === TREE
}

/** MessagePack with extension types: what values are kept as unless another codec is given. */
export const defaultCodec: Codec = Object.freeze({ id: 'msgpack', encode, decode })

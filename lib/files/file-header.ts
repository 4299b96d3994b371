import { randomBytes } from 'node:crypto'
import { hash32 } from '../base/hash32.ts'

export const FORMAT_VERSION = 1
export const HEADER_BYTES = 64
export const ID_BYTES = 16
const MAGIC = Buffer.from('\x89CDICT\r\n', 'latin1')

export const FILE_KINDS = { dictionary: 1, journal: 2, block: 3 } as const
export type FileKind = keyof typeof FILE_KINDS

/** The first 64 bytes of each of our files, and the last 64 of a dictionary. `docs/reference/format.md` has the table. */
export interface FileHeader {
  readonly kind: FileKind
  /** 16 random bytes, new with each file: what binds records, index and journal to just this file. */
  readonly id: Uint8Array
  /** Of a journal: the id of the dictionary that it continues. Else zeros. */
  readonly base: Uint8Array
  /** Of a dictionary's last 64 bytes: where its index begins, and how many records it has. Else 0. */
  readonly indexOffset: number
  readonly count: number
}

export type HeaderVerdict =
  | { readonly is: 'ours'; readonly header: FileHeader }
  | { readonly is: 'other-version'; readonly version: number }
  | { readonly is: 'unknown' }

export function newId(): Uint8Array {
  return randomBytes(ID_BYTES)
}

export function encodeHeader(header: Partial<FileHeader> & Pick<FileHeader, 'kind' | 'id'>): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes.set(MAGIC, 0)
  bytes.writeUInt16LE(FORMAT_VERSION, 8)
  bytes.writeUInt16LE(FILE_KINDS[header.kind], 10)
  bytes.set(header.id, 16)
  if (header.base !== undefined) bytes.set(header.base, 32)
  bytes.writeBigUInt64LE(BigInt(header.indexOffset ?? 0), 48)
  bytes.writeUInt32LE(header.count ?? 0, 56)
  bytes.writeUInt32LE(hash32(bytes.subarray(0, 60), 0), 60)
  return bytes
}

/** Reads 64 bytes as a header. Another version is told by its number alone: its checksum may lie elsewhere. */
export function parseHeader(bytes: Uint8Array): HeaderVerdict {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!hasMagic(view) || view.length < HEADER_BYTES) return { is: 'unknown' }
  const version = view.readUInt16LE(8)
  if (version !== FORMAT_VERSION) return { is: 'other-version', version }
  if (view.readUInt32LE(60) !== hash32(view.subarray(0, 60), 0)) return { is: 'unknown' }
  const kind = KINDS_BY_NUMBER.get(view.readUInt16LE(10))
  if (kind === undefined) return { is: 'unknown' }
  return {
    is: 'ours',
    header: {
      kind,
      id: Uint8Array.from(view.subarray(16, 32)),
      base: Uint8Array.from(view.subarray(32, 48)),
      indexOffset: Number(view.readBigUInt64LE(48)),
      count: view.readUInt32LE(56),
    },
  }
}

/** Whether `head` begins as our files do: enough to know a leftover of ours, not enough to read it. */
export function hasMagic(head: Uint8Array): boolean {
  return head.length >= MAGIC.length && MAGIC.equals(head.subarray(0, MAGIC.length))
}

/** Whether a file with this content (all of it) is what is left of one of ours that was cut off within its header. */
export function isCutOff(content: Uint8Array, headerBytes: number): boolean {
  const known = Math.min(content.length, MAGIC.length)
  return content.length < headerBytes && MAGIC.subarray(0, known).equals(content.subarray(0, known))
}

const KINDS_BY_NUMBER = new Map<number, FileKind>(
  Object.entries(FILE_KINDS).map(([kind, number]) => [number, kind as FileKind]),
)

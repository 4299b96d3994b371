import { closeSync, fstatSync, openSync } from 'node:fs'
import { align8 } from '../../base/bytes.ts'
import { CacheError } from '../../base/errors.ts'
import { replaceFile } from '../../files/atomic-write.ts'
import { unlessAbsent } from '../../files/errno.ts'
import { encodeHeader, HEADER_BYTES, hasMagic, newId, parseHeader } from '../../files/file-header.ts'
import { readBytes } from '../../files/log-file.ts'
import { bodyStart, keyHash, RECORD_HEAD_BYTES, type RecordHead, recordBytes, recordSeed, writeHead } from '../../files/record.ts'
import { FileIndex, IndexBuilder } from './file-index.ts'

/** Records are read ahead in pieces of this size when the whole file is listed. */
const READ_AHEAD_BYTES = 1 << 20
const LARGEST_KEY_BYTES = 0xffff
const LARGEST_BODY_BYTES = 0xffff_ffff

/** A record, lying in a buffer that is used again for the next one. */
export interface StoredRecord {
  readonly key: Buffer
  readonly body: Uint8Array
}

/**
 * The dictionary file, open for reading as it was when it was opened: replacing it by a new one does not change what is
 * read here. Opening reads the header, the footer and the index; values are read when they are asked for.
 */
export class DictionaryFile {
  /** What a journal must name to continue this file; undefined where there is no file, or nothing is left of it. */
  readonly id: Uint8Array | undefined
  readonly identity: FileIdentity | undefined
  readonly bytes: number
  /** How many stretches of the file could not be read when it had to be searched because its index is damaged. */
  readonly lost: number
  readonly #fd: number | undefined
  readonly #index: FileIndex

  private constructor(parts: {
    readonly id?: Uint8Array
    readonly fd?: number
    readonly identity?: FileIdentity
    readonly index: FileIndex
    readonly lost?: number
  }) {
    this.id = parts.id
    this.identity = parts.identity
    this.bytes = parts.identity?.size ?? 0
    this.lost = parts.lost ?? 0
    this.#fd = parts.fd
    this.#index = parts.index
  }

  /** Opens the file at `path`; an absent or empty one holds nothing. Throws ERR_CACHE_FORMAT for one that is not ours. */
  static open(path: string): DictionaryFile {
    const fd = unlessAbsent(() => openSync(path, 'r'))
    if (fd === undefined) return new DictionaryFile({ index: FileIndex.empty })
    try {
      return DictionaryFile.#read(path, fd)
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  static #read(path: string, fd: number): DictionaryFile {
    const stat = fstatSync(fd)
    if (!stat.isFile()) throw notOurs(path, 'it is no regular file')
    const identity = identityOf(stat)
    const { size } = stat
    const head = readBytes(fd, 0, Math.min(size, HEADER_BYTES))
    const atStart = parseHeader(head)
    const atEnd = size < 2 * HEADER_BYTES ? UNKNOWN : parseHeader(readBytes(fd, size - HEADER_BYTES, HEADER_BYTES))
    if (atEnd.is === 'ours' && atEnd.header.kind === 'dictionary') {
      const { id, indexOffset, count } = atEnd.header
      const index = FileIndex.parse(readBytes(fd, indexOffset, FileIndex.bytesOf(count)), count, indexOffset)
      if (index !== undefined) return new DictionaryFile({ id, fd, identity, index })
    }
    for (const verdict of [atStart, atEnd]) {
      if (verdict.is !== 'ours' || verdict.header.kind !== 'dictionary') continue
      const { id } = verdict.header
      const end = atEnd.is === 'ours' ? atEnd.header.indexOffset : size
      const { index, lost } = FileIndex.search(readBytes(fd, 0, end), recordSeed(id))
      return new DictionaryFile({ id, fd, identity, index, lost: Math.max(lost, 1) })
    }
    if (atStart.is === 'other-version') {
      throw notOurs(path, `it is of format version ${atStart.version}, which this version of the package cannot read`)
    }
    // Cut off within its header: it was ours, and nothing is left of it.
    const cutOff = size < HEADER_BYTES && (hasMagic(head) || size === 0)
    if (!cutOff) throw notOurs(path, 'it is a file of another kind')
    return new DictionaryFile({ fd, identity, index: FileIndex.empty, lost: size === 0 ? 0 : 1 })
  }

  /** The bytes under `key`, fresh; empty where the record is damaged; undefined where there is none. */
  get(key: Buffer): Uint8Array | undefined {
    const hash = keyHash(key)
    for (const row of this.#index.rowsOf(hash)) {
      const start = bodyStart(row)
      if (row.offset + start + row.bodyBytes > this.bytes) return new Uint8Array(0)
      const record = readBytes(this.#fd!, row.offset, start + row.bodyBytes)
      const stored = record.subarray(RECORD_HEAD_BYTES, RECORD_HEAD_BYTES + row.keyBytes)
      if (stored.equals(key)) return record.subarray(start)
      if (keyHash(stored) !== hash) return new Uint8Array(0)
    }
    return undefined
  }

  /** All records, in the order of the file; those whose key is damaged are left out. */
  *records(): Generator<StoredRecord> {
    let chunk: Buffer = Buffer.alloc(0)
    let chunkStart = 0
    for (const row of this.#index.rows()) {
      const start = bodyStart(row)
      const end = row.offset + start + row.bodyBytes
      if (end > this.bytes) continue
      if (row.offset < chunkStart || end > chunkStart + chunk.length) {
        chunkStart = row.offset
        chunk = readBytes(this.#fd!, chunkStart, Math.max(end - chunkStart, READ_AHEAD_BYTES))
      }
      const at = row.offset - chunkStart
      const key = chunk.subarray(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + row.keyBytes)
      if (keyHash(key) !== row.keyHash) continue
      yield { key, body: chunk.subarray(at + start, at + start + row.bodyBytes) }
    }
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
  }
}

/** Replaces the dictionary at `path` by one that holds `records`, in their order. Durable when it returns. */
export function writeDictionary(path: string, records: Iterable<StoredRecord>): void {
  const id = newId()
  const seed = recordSeed(id)
  replaceFile(path, sink => {
    const index = new IndexBuilder()
    let offset = HEADER_BYTES
    let scratch = Buffer.alloc(4096)
    sink(encodeHeader({ kind: 'dictionary', id }))
    for (const { key, body } of records) {
      if (key.length > LARGEST_KEY_BYTES || body.byteLength > LARGEST_BODY_BYTES) throw tooLarge(path, body.byteLength)
      const head: RecordHead = {
        deletes: false,
        more: false,
        keyBytes: key.length,
        bodyBytes: body.byteLength,
        keyHash: keyHash(key),
      }
      const start = bodyStart(head)
      if (start > scratch.length) scratch = Buffer.alloc(start)
      writeHead(scratch, 0, head, seed, offset)
      scratch.set(key, RECORD_HEAD_BYTES)
      scratch.fill(0, RECORD_HEAD_BYTES + key.length, start)
      sink(scratch.subarray(0, start))
      sink(body)
      sink(PADDING.subarray(0, align8(body.byteLength) - body.byteLength))
      index.add(head, offset)
      offset += recordBytes(head, false)
    }
    sink(index.encode(offset))
    sink(encodeHeader({ kind: 'dictionary', id, indexOffset: offset, count: index.count }))
  })
}

/** What tells one file at a path from another, or from itself after somebody wrote into it. */
export interface FileIdentity {
  readonly ino: number
  readonly size: number
  readonly mtimeMs: number
}

export function identityOf(stat: FileIdentity): FileIdentity {
  return { ino: stat.ino, size: stat.size, mtimeMs: stat.mtimeMs }
}

const UNKNOWN = { is: 'unknown' } as const
const PADDING = Buffer.alloc(8)

function notOurs(path: string, why: string): CacheError {
  return new CacheError(
    'ERR_CACHE_FORMAT',
    `${path} is not a cache file of this version of cachedict: ${why}. It is left as it is. ` +
      `Choose another path, or move the file away.`,
    { details: { path } },
  )
}

function tooLarge(path: string, bytes: number): CacheError {
  return new CacheError(
    'ERR_CACHE_WRITE',
    `A value of ${bytes} bytes is too large for one entry of ${path}; the bound is 4 GiB. Keep it in parts.`,
    { details: { path, bytes } },
  )
}

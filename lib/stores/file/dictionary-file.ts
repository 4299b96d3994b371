import { closeSync, fstatSync, lstatSync, openSync } from 'node:fs'
import { CacheError } from '../../base/errors.ts'
import { replaceFile } from '../../files/atomic-write.ts'
import { statOf, unlessAbsent } from '../../files/errno.ts'
import { encodeHeader, HEADER_BYTES, isCutOff, newId, parseHeader } from '../../files/file-header.ts'
import { readBytes } from '../../files/log-file.ts'
import {
  bodyStart,
  keyHash,
  LARGEST_FILE_BYTES,
  RECORD_HEAD_BYTES,
  recordBytes,
  recordSeed,
} from '../../files/record.ts'
import { FileIndex, IndexBuilder, type IndexRow } from './file-index.ts'
import { ReadAhead } from './read-ahead.ts'
import { RecordWriter } from './record-writer.ts'

/** Records are read ahead in pieces of this size where they are asked for in their order. */
const READ_AHEAD_BYTES = 1 << 18

/** A record, lying in a buffer that is used again for the next one. */
export interface StoredRecord {
  readonly key: Buffer
  readonly body: Uint8Array
}

/** A record to be written: with its key as it lies in another file, or as text. */
export interface NewRecord {
  readonly key: Buffer | string
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
  #closed = false
  #ahead: ReadAhead | undefined
  #nextOffset = -1
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
    const isThere = isRegularFile(path)
    const fd = isThere ? unlessAbsent(() => openSync(path, 'r')) : undefined
    if (fd === undefined) return new DictionaryFile({ index: FileIndex.empty })
    try {
      return DictionaryFile.#read(path, fd)
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  static #read(path: string, fd: number): DictionaryFile {
    const identity = identityOf(fstatSync(fd))
    const { size } = identity
    const head = readBytes(fd, 0, Math.min(size, HEADER_BYTES))
    const atStart = parseHeader(head)
    const atEnd =
      size < 2 * HEADER_BYTES ? UNKNOWN : parseHeader(readBytes(fd, size - HEADER_BYTES, HEADER_BYTES))
    if (atEnd.is === 'ours' && atEnd.header.kind === 'dictionary') {
      const { id, indexOffset, count } = atEnd.header
      const fits = indexOffset + FileIndex.bytesOf(count) + HEADER_BYTES === size
      const bytes = fits ? readBytes(fd, indexOffset, FileIndex.bytesOf(count)) : Buffer.alloc(0)
      const index = FileIndex.parse(bytes, count, indexOffset)
      if (index !== undefined) return new DictionaryFile({ id, fd, identity, index })
    }
    for (const verdict of [atStart, atEnd]) {
      if (verdict.is !== 'ours' || verdict.header.kind !== 'dictionary') continue
      const { id } = verdict.header
      const end = atEnd.is === 'ours' ? Math.min(atEnd.header.indexOffset, size) : size
      const { index, lost } = FileIndex.search(readBytes(fd, 0, end), recordSeed(id))
      return new DictionaryFile({ id, fd, identity, index, lost: Math.max(lost, 1) })
    }
    if (atStart.is === 'other-version') {
      throw notOurs(
        path,
        `it is of format version ${atStart.version}, which this version of the package cannot read`,
      )
    }
    // Cut off within its header: it was ours, and nothing is left of it.
    if (!isCutOff(head, HEADER_BYTES)) throw notOurs(path, 'it is a file of another kind')
    return new DictionaryFile({ fd, identity, index: FileIndex.empty, lost: size === 0 ? 0 : 1 })
  }

  get isEmpty(): boolean {
    return this.#index.isEmpty
  }

  /** The bytes under `key`, fresh; empty where the record is damaged; undefined where there is none. */
  get(key: Buffer): Uint8Array | undefined {
    const hash = keyHash(key)
    let isDamaged = false
    for (const row of this.#index.rowsOf(hash)) {
      const start = bodyStart(row)
      // Whoever forged an index does not make us allocate what the file cannot hold.
      if (row.offset + start + row.bodyBytes > this.bytes) return new Uint8Array(0)
      const record = this.#readRecord(row, start + row.bodyBytes)
      const stored = record.subarray(RECORD_HEAD_BYTES, RECORD_HEAD_BYTES + row.keyBytes)
      if (stored.equals(key)) return record.subarray(start)
      if (keyHash(stored) !== hash) isDamaged = true
    }
    return isDamaged ? new Uint8Array(0) : undefined
  }

  /** All records, in the order of the file; those whose key is damaged are left out. */
  *records(): Generator<StoredRecord> {
    const ahead = new ReadAhead(READ_AHEAD_BYTES)
    for (const row of this.#index.rows()) {
      const start = bodyStart(row)
      const length = start + row.bodyBytes
      if (row.offset + length > this.bytes) continue
      const record = ahead.view(this.#opened(), row.offset, length)
      const key = record.subarray(RECORD_HEAD_BYTES, RECORD_HEAD_BYTES + row.keyBytes)
      if (keyHash(key) === row.keyHash) yield { key, body: record.subarray(start) }
    }
  }

  /** May be called twice. */
  close(): void {
    if (this.#fd !== undefined && !this.#closed) closeSync(this.#fd)
    this.#closed = true
  }

  /** The first `length` bytes of a record, fresh. Who asks for one after the other is read ahead for. */
  #readRecord(row: IndexRow, length: number): Buffer {
    const isNext = row.offset === this.#nextOffset
    this.#nextOffset = row.offset + recordBytes(row, false)
    if (!isNext || length > READ_AHEAD_BYTES) return readBytes(this.#opened(), row.offset, length)
    this.#ahead ??= new ReadAhead(READ_AHEAD_BYTES)
    const record = Buffer.allocUnsafe(length)
    record.set(this.#ahead.view(this.#opened(), row.offset, length))
    return record
  }

  #opened(): number {
    if (this.#fd !== undefined && !this.#closed) return this.#fd
    throw new CacheError('ERR_CACHE_CLOSED', 'This view of a cache file was closed. Open it again to use it.')
  }
}

/** Replaces the dictionary at `path` by one that holds `records`, in their order. Durable when it returns. */
export function writeDictionary(path: string, records: Iterable<NewRecord>): void {
  const id = newId()
  replaceFile(path, sink => {
    const index = new IndexBuilder()
    const writer = new RecordWriter(sink, recordSeed(id), HEADER_BYTES)
    sink(encodeHeader({ kind: 'dictionary', id }))
    for (const { key, body } of records) {
      const { offset } = writer
      const head = writer.add(key, body)
      if (head === undefined) throw tooLarge(path)
      index.add(head, offset)
    }
    writer.flush()
    sink(index.encode(writer.offset))
    sink(encodeHeader({ kind: 'dictionary', id, indexOffset: writer.offset, count: index.count }))
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

/** Whether a regular file is at `path`; false if nothing is. Throws ERR_CACHE_FORMAT for anything else. */
function isRegularFile(path: string): boolean {
  const stat = statOf(path)
  if (stat?.isFile() === true) return true
  if (stat !== undefined) throw notOurs(path, 'it is no regular file')
  const own = unlessAbsent(() => lstatSync(path, { throwIfNoEntry: false }))
  if (own === undefined) return false
  // It came between the two looks.
  if (!own.isSymbolicLink()) return isRegularFile(path)
  throw notOurs(path, 'it is a symbolic link that leads nowhere')
}

function notOurs(path: string, why: string): CacheError {
  return new CacheError(
    'ERR_CACHE_FORMAT',
    `${path} is not a cache file of this version of cachedict: ${why}. It is left as it is. ` +
      `Choose another path, or move the file away.`,
    { details: { path } },
  )
}

function tooLarge(path: string): CacheError {
  return new CacheError(
    'ERR_CACHE_WRITE',
    `${path} cannot hold a value of more than 4 GiB, nor more than ${LARGEST_FILE_BYTES / 2 ** 30} GiB in all. ` +
      `Keep it in parts, or in several files.`,
    { details: { path } },
  )
}

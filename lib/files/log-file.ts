import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { CacheError } from '../base/errors.ts'
import { syncFolder, writeAll } from './atomic-write.ts'
import { errno, unlessAbsent } from './errno.ts'
import { encodeHeader, type FileKind, HEADER_BYTES, newId, parseHeader } from './file-header.ts'
import { type Change, encodeBatch, type LogItem, scanLog } from './log.ts'
import { recordSeed } from './record.ts'

/** Both copies of the header. */
const HEAD_BYTES = 2 * HEADER_BYTES
const syncLater = promisify(fdatasync)

/**
 * An open file that only grows: a header, written twice, then batches of changes. One writer at a time; any number of
 * readers, each of which sees whole batches only.
 */
export class LogFile {
  readonly path: string
  readonly base: Uint8Array
  readonly inode: number
  /** Where the last whole batch that was read or written ends. */
  end = HEAD_BYTES
  readonly #fd: number
  readonly #seed: number
  #syncing: Promise<void> | undefined
  #nextSync: Promise<void> | undefined
  #closed = false

  private constructor(path: string, fd: number, id: Uint8Array, base: Uint8Array) {
    this.path = path
    this.base = base
    this.inode = fstatSync(fd).ino
    this.#fd = fd
    this.#seed = recordSeed(id)
  }

  /** Creates the log, which must not exist; not yet durable. */
  static create(path: string, kind: FileKind, base: Uint8Array): LogFile {
    const id = newId()
    const fd = openSync(path, 'wx+', 0o600)
    try {
      const header = encodeHeader({ kind, id, base })
      writeAll(fd, Buffer.concat([header, header]), 0)
      return new LogFile(path, fd, id, base)
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  /**
   * Opens a log; undefined if there is none, or if its writer died before it had a header.
   * Throws ERR_CACHE_FORMAT for a file that is not such a log.
   */
  static open(path: string, kind: FileKind): LogFile | undefined {
    const fd = unlessAbsent(() => openReadable(path))
    if (fd === undefined) return undefined
    try {
      const head = Buffer.alloc(HEAD_BYTES)
      const length = readSync(fd, head, 0, HEAD_BYTES, 0)
      const header = readHeader(head.subarray(0, length), kind)
      if (header !== undefined) return new LogFile(path, fd, header.id, header.base)
      const unborn = length < HEAD_BYTES || head.every(byte => byte === 0)
      if (!unborn) throw notOurs(path, kind)
    } catch (error) {
      closeSync(fd)
      throw error
    }
    closeSync(fd)
    return undefined
  }

  /** What was appended since the last read, by whomever. */
  readNew(): readonly LogItem[] {
    const size = fstatSync(this.#fd).size
    if (size <= this.end) return []
    const { items, end } = scanLog(this.read(this.end, size - this.end), this.#seed, this.end)
    this.end = end
    return items
  }

  /** `length` bytes at `offset`, fresh and the caller's own; fewer where the file ends. */
  read(offset: number, length: number): Buffer {
    return readBytes(this.#fd, offset, length)
  }

  /**
   * Appends `changes` as one batch, in one write, and returns what a reader of it would see. What somebody's torn write
   * left beyond the last whole batch is cut off first. On an error nothing of it stays. Not yet durable.
   */
  append(changes: readonly Change[]): readonly LogItem[] {
    const size = fstatSync(this.#fd).size
    if (size > this.end) ftruncateSync(this.#fd, this.end)
    const { bytes, items } = encodeBatch(changes, this.#seed, this.end)
    try {
      writeAll(this.#fd, bytes, this.end)
    } catch (error) {
      ftruncateSync(this.#fd, this.end)
      throw error
    }
    this.end += bytes.length
    return items
  }

  /** Makes everything that was appended durable, now. */
  syncNow(): void {
    fdatasyncSync(this.#fd)
  }

  /** Makes everything that was appended so far durable; callers that come while one sync runs share the next. */
  sync(): Promise<void> {
    // A sync under way may have begun before our bytes were written: only the next one is sure to cover them.
    this.#nextSync ??= (this.#syncing ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        this.#nextSync = undefined
        this.#syncing = syncLater(this.#fd).finally(() => {
          this.#syncing = undefined
          if (this.#closed && this.#nextSync === undefined) closeSync(this.#fd)
        })
        return this.#syncing
      })
    return this.#nextSync
  }

  /** Makes the file's name durable too: once, after `create`. */
  syncName(): void {
    syncFolder(dirname(this.path))
  }

  /** Closes it, after the syncs under way. May be called twice. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#syncing === undefined && this.#nextSync === undefined) closeSync(this.#fd)
  }
}

/** `length` bytes at `offset` in an array of their own, aligned for every typed array; fewer where the file ends. */
export function readBytes(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  let done = 0
  while (done < length) {
    const count = readSync(fd, bytes, done, length - done, offset + done)
    if (count === 0) break
    done += count
  }
  return done === length ? bytes : bytes.subarray(0, done)
}

/** For writing too, where the file's mode allows it. */
function openReadable(path: string): number {
  try {
    return openSync(path, 'r+')
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errno(error) ?? '')) throw error
    return openSync(path, 'r')
  }
}

function readHeader(head: Buffer, kind: FileKind): { id: Uint8Array; base: Uint8Array } | undefined {
  for (const at of [0, HEADER_BYTES]) {
    const verdict = parseHeader(head.subarray(at, at + HEADER_BYTES))
    if (verdict.is === 'ours' && verdict.header.kind === kind) return verdict.header
  }
  return undefined
}

function notOurs(path: string, kind: FileKind): CacheError {
  return new CacheError(
    'ERR_CACHE_FORMAT',
    `${path} is not a ${kind} of this version of cachedict, and is left as it is. ` +
      `Move it away if it is yours; update the package if a newer version wrote it.`,
    { details: { path } },
  )
}

import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  unlinkSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { CacheError } from '../base/errors.ts'
import { writeAll } from './atomic-write.ts'
import type { Change } from './change.ts'
import { errno, statOf, unlessAbsent } from './errno.ts'
import { encodeHeader, type FileKind, HEADER_BYTES, isCutOff, newId, parseHeader } from './file-header.ts'
import { makeFolder, syncFolder } from './folder.ts'
import { encodeBatch, type LogItem, scanLog } from './log.ts'
import { LARGEST_FILE_BYTES, recordSeed } from './record.ts'

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
  /** A sync failed: disk and memory may differ from now on, and only a new file can be trusted. */
  isUnsound = false
  readonly #isShared: boolean
  readonly #fd: number
  readonly #seed: number
  #synced = 0
  #isNameSynced = false
  /** What the file was when something torn was found at its end. */
  #torn: LogStat | undefined
  #syncing: Promise<void> | undefined
  #nextSync: Promise<void> | undefined
  #closed = false

  private constructor(path: string, kind: FileKind, fd: number, id: Uint8Array, base: Uint8Array) {
    this.path = path
    this.#isShared = kind === 'journal'
    this.base = base
    this.inode = fstatSync(fd).ino
    this.#fd = fd
    this.#seed = recordSeed(id)
  }

  /** Creates the log, which must not exist, and its folder where that is missing; not yet durable. */
  static create(path: string, kind: FileKind, base: Uint8Array): LogFile {
    const id = newId()
    const fd = createFile(path)
    try {
      const header = encodeHeader({ kind, id, base })
      writeAll(fd, Buffer.concat([header, header]), 0)
      return new LogFile(path, kind, fd, id, base)
    } catch (error) {
      closeSync(fd)
      unlinkSync(path)
      throw error
    }
  }

  /**
   * Opens a log; undefined if there is none, or if its writer died before it had a header.
   * Throws ERR_CACHE_FORMAT for a file that is not such a log.
   */
  static open(path: string, kind: FileKind): LogFile | undefined {
    const stat = statOf(path)
    if (stat?.isFile() === false) throw notOurs(path, kind)
    const fd = unlessAbsent(() => openReadable(path))
    if (fd === undefined) return undefined
    try {
      const head = readBytes(fd, 0, HEAD_BYTES)
      const header = readHeader(head, kind)
      if (header !== undefined) return new LogFile(path, kind, fd, header.id, header.base)
      // Nothing of a block is durable before its first sync, its header included: power loss may leave zeros there.
      const isBlank = () => isZero(kind === 'block' ? head : readBytes(fd, 0, fstatSync(fd).size))
      if (!isCutOff(head, HEAD_BYTES) && !(isZero(head) && isBlank())) throw notOurs(path, kind)
    } catch (error) {
      closeSync(fd)
      throw error
    }
    closeSync(fd)
    return undefined
  }

  /** What was appended since the last read, by whomever. */
  readNew(): readonly LogItem[] {
    const stat = fstatSync(this.#fd)
    if (stat.size <= this.end) return []
    const scan = scanLog(this.read(this.end, stat.size - this.end), this.#seed, this.end)
    this.end = scan.end
    this.#synced = Math.max(this.#synced, scan.synced)
    this.#torn = scan.end < stat.size ? stat : undefined
    return scan.items
  }

  /** Whether a file that looks like this holds something that was not read yet. */
  isBehind(stat: LogStat): boolean {
    if (stat.size === this.end) return false
    return stat.size !== this.#torn?.size || stat.mtimeMs !== this.#torn.mtimeMs
  }

  /** `length` bytes at `offset`, fresh and the caller's own; fewer where the file ends. */
  read(offset: number, length: number): Buffer {
    if (this.#closed)
      throw new CacheError('ERR_CACHE_CLOSED', `${this.path} was closed. Open it again to use it.`)
    return readBytes(this.#fd, offset, length)
  }

  /**
   * Appends `changes` as one batch, in one write, and returns what a reader of it would see. What somebody's torn write
   * left beyond the last whole batch is cut off first. On an error nothing of it stays. Not yet durable.
   */
  append(changes: readonly Change[]): readonly LogItem[] {
    const { bytes, items } = encodeBatch(changes, {
      seed: this.#seed,
      offset: this.end,
      synced: this.#synced,
    })
    if (this.end + bytes.length > LARGEST_FILE_BYTES) throw tooLarge(this.path)
    // A block's log has one writer, which leaves nothing torn behind and goes on.
    if (this.#isShared && fstatSync(this.#fd).size > this.end) ftruncateSync(this.#fd, this.end)
    try {
      writeAll(this.#fd, bytes, this.end)
    } catch (error) {
      ftruncateSync(this.#fd, this.end)
      throw error
    }
    this.end += bytes.length
    return items
  }

  /** Makes everything that was appended durable, now, and the file's name. */
  syncNow(): void {
    const { end } = this
    try {
      fdatasyncSync(this.#fd)
      this.#syncName()
    } catch (error) {
      this.isUnsound = true
      throw error
    }
    this.#synced = Math.max(this.#synced, end)
  }

  /** Makes everything that was appended so far durable, as `syncNow`; callers that come while one sync runs share the next. */
  sync(): Promise<void> {
    // A sync under way may have begun before our bytes were written: only the next one is sure to cover them.
    this.#nextSync ??= (this.#syncing ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        this.#nextSync = undefined
        this.#syncing = this.#syncOnce().finally(() => {
          this.#syncing = undefined
          if (this.#closed && this.#nextSync === undefined) closeSync(this.#fd)
        })
        return this.#syncing
      })
    return this.#nextSync
  }

  /** Closes it, after the syncs under way. May be called twice. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#syncing === undefined && this.#nextSync === undefined) closeSync(this.#fd)
  }

  async #syncOnce(): Promise<void> {
    const { end } = this
    try {
      await syncLater(this.#fd)
      this.#syncName()
    } catch (error) {
      this.isUnsound = true
      throw error
    }
    this.#synced = Math.max(this.#synced, end)
  }

  #syncName(): void {
    if (this.#isNameSynced) return
    syncFolder(dirname(this.path))
    this.#isNameSynced = true
  }
}

/** What tells one state of a log from another. */
export interface LogStat {
  readonly size: number
  readonly mtimeMs: number
}

/** `length` bytes at `offset`, the caller's own and aligned for every typed array; fewer where the file ends. */
export function readBytes(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    const count = readSync(fd, bytes, done, length - done, offset + done)
    if (count === 0) break
    done += count
  }
  return done === length ? bytes : bytes.subarray(0, done)
}

function createFile(path: string): number {
  const create = () => openSync(path, 'wx+', 0o600)
  const fd = unlessAbsent(create)
  if (fd !== undefined) return fd
  makeFolder(dirname(path))
  return create()
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

function isZero(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte === 0)
}

function notOurs(path: string, kind: FileKind): CacheError {
  return new CacheError(
    'ERR_CACHE_FORMAT',
    `${path} is not a ${kind} of this version of cachedict, and is left as it is. ` +
      `Move it away if it is yours; update the package if a newer version wrote it.`,
    { details: { path } },
  )
}

function tooLarge(path: string): CacheError {
  return new CacheError(
    'ERR_CACHE_WRITE',
    `${path} would grow beyond ${LARGEST_FILE_BYTES / 2 ** 30} GiB, which is the bound of one file. Keep less in it, or use several.`,
    { details: { path } },
  )
}

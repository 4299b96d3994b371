import { closeSync, existsSync, fstatSync, lstatSync, openSync, statSync, writeFileSync } from 'node:fs'
import { isCacheError } from '../../base/errors.ts'
import { degrade } from '../../events/degrade.ts'
import { errno, unlessAbsent } from '../../files/errno.ts'
import { withLock } from '../../files/lock.ts'
import { removeFile } from '../../files/remove-file.ts'
import { Batch } from './batch.ts'
import { hiddenDamage, hiddenFreeDamage, seenDamage } from './check.ts'
import { ROW, rowsOf } from './database-key.ts'
import { Database } from './engine.ts'
import { FreeSpace } from './free-space.ts'
import type { Home } from './home.ts'
import type { LargeValues } from './large-values.ts'
import { isDamage } from './mdb-error.ts'
import { Stamp } from './stamp.ts'

/** Room for a thousand readers. */
const LOCK_FILE_BYTES = 64 << 10
/** Undo rows that one commit removes by the way. */
const MOST_UNDOS = 10_000

/** Readers look so often whether the database was replaced. */
export const LOOK_MS = 50

/** The database of a store was replaced by another: it has to be opened again. */
export class Moved extends Error {}

/**
 * An open database with its large values, for as long as that file is the store's. Damage that can be seen, or that ends
 * another process, is set aside before it is mapped.
 */
export class Environment {
  readonly db: Database
  readonly values: LargeValues
  readonly home: Home
  readonly isReadOnly: boolean
  /** Nobody vouches for the structure of its pages, though it can be read. */
  isCopyWorthMore = false
  readonly #stamp: Stamp
  readonly #space: FreeSpace
  readonly #dataFd: number
  readonly #inode: bigint
  #isClosed = false
  /** Files that are gone, and whose trash rows may go with the next commit. */
  #removed: string[] = []

  private constructor(home: Home, dataFd: number, options: { readonly readOnly: boolean }) {
    this.home = home
    this.values = home.values
    this.#dataFd = dataFd
    this.#inode = inodeOf(dataFd)
    this.isReadOnly = options.readOnly
    this.#stamp = new Stamp(home.stamp, dataFd)
    this.#space = new FreeSpace(home.path)
    this.db = options.readOnly
      ? new Database(home.data, options)
      : withLock(home.writerLock, () => new Database(home.data, options))
  }

  /** For reading; undefined where nothing was ever written. Opened read-only where the system wants that. */
  static find(home: Home): Environment | undefined {
    if (!home.isThere() || !existsSync(home.data)) return undefined
    try {
      return withLock(home.lock, () => (existsSync(home.data) ? Environment.#open(home) : undefined))
    } catch (error) {
      // Nobody may write there, or nobody can just now: a writer is stopped, the disk is full.
      const isHindered = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(errno(error) ?? '')
      if (!isHindered && !isCacheError(error, 'ERR_CACHE_BUSY')) throw error
      return Environment.#openReadOnly(home)
    }
  }

  /** For writing: makes what is missing. */
  static make(home: Home): Environment {
    home.make()
    return withLock(home.lock, () => Environment.#open(home))
  }

  /** Puts the database aside that `environment` has found to be damaged, unless somebody else did. Closes it. */
  static setAside(environment: Environment, why: string): void {
    const { home } = environment
    try {
      withLock(home.lock, () => {
        // As long as it is open, no other file has its number.
        const isCurrent = environment.isCurrent()
        environment.close()
        if (isCurrent) setAside(home, why)
      })
    } finally {
      environment.close()
    }
  }

  /** Call it only while holding the lock. */
  static #open(home: Home): Environment {
    // Of a compaction that was killed.
    for (const path of [home.copy, `${home.copy}-lock`]) removeFile(path)
    const looked = lookAt(home)
    if (looked.is === 'damaged') setAside(home, looked.why)
    try {
      const environment = Environment.#openSound(home)
      environment.isCopyWorthMore = looked.is === 'readable'
      return environment
    } catch (error) {
      if (!isDamage(error)) throw error
      setAside(home, (error as Error).message)
      return Environment.#openSound(home)
    }
  }

  static #openSound(home: Home): Environment {
    makeLockFile(home)
    // LMDB fills what is empty.
    const dataFd = openSync(home.data, 'a+', 0o600)
    try {
      const environment = new Environment(home, dataFd, { readOnly: false })
      environment.#stamp.write()
      return environment
    } catch (error) {
      closeSync(dataFd)
      throw error
    }
  }

  static #openReadOnly(home: Home): Environment | undefined {
    const dataFd = unlessAbsent(() => openSync(home.data, 'r'))
    return dataFd === undefined ? undefined : new Environment(home, dataFd, { readOnly: true })
  }

  /** What the database's file takes on the disk. */
  get sizeBytes(): number {
    return fstatSync(this.#dataFd).size
  }

  /** Whether the store's path still leads to this database. */
  isCurrent(): boolean {
    const stat = statSync(this.home.data, { bigint: true, throwIfNoEntry: false })
    return stat?.ino === this.#inode
  }

  /** Another text after every commit of any process. Costs one system call. */
  stamp(): string {
    return this.#stamp.token()
  }

  /**
   * One commit; nothing if `body` changes nothing. Afterwards the files of `written` are settled, where `body` refers to
   * them, and those that nobody needs any more are removed. Throws `Moved`.
   */
  commit<T>(body: (batch: Batch) => T): { readonly value: T; readonly batch: Batch } {
    let batch: Batch | undefined
    const value = this.transact(commit => {
      batch = new Batch(this.db, commit)
      const result = body(batch)
      if (batch.hasChanged) {
        for (const name of this.#removed) batch.forgetTrash(name)
        batch.forgetUndos(MOST_UNDOS)
      }
      batch.finish()
      return result
    })
    // `transact` has run it.
    const done = batch!
    if (done.hasChanged) this.#committed(done)
    return { value, batch: done }
  }

  /** `Database.transact` while this is the store's database, and its disk has room. Throws `Moved`, ERR_CACHE_BUSY, ENOSPC. */
  transact<T>(body: (commit: number) => T): T {
    let done: { readonly value: T } | undefined
    try {
      withLock(this.home.writerLock, () => {
        const value = this.db.transact(commit => {
          if (!this.isCurrent()) throw new Moved()
          const result = body(commit)
          if (this.db.changedBytes > 0) this.#space.assertFor(this.db.changedBytes)
          return result
        })
        done = { value }
      })
    } catch (error) {
      if (done === undefined) throw error
      // Committed all the same: only the lock could not be let go of, which the next commit tries again.
      degrade(
        `lock ${this.home.path}`,
        `A lock of ${this.home.path} could not be removed: ${String(error)}`,
        error,
      )
    }
    // Without it, something was thrown.
    return done!.value
  }

  /** Finishes what dead processes left: files that were written and never settled, or dropped and never removed. */
  tidy(): void {
    const trash = this.db
      .keys({ ...rowsOf(ROW.trash), limit: MOST_UNDOS })
      .map(row => row.toString('latin1', 1))
    this.#remove(trash)
    for (const name of this.values.leftovers()) {
      if (this.db.has(Buffer.from(ROW.file + name))) this.values.settle(name)
      else this.values.remove(name)
    }
  }

  /** May be called twice. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    try {
      this.values.removeRefused()
      this.db.close()
      if (!this.isReadOnly && this.isCurrent()) this.#stamp.leave()
    } finally {
      this.#stamp.close()
      closeSync(this.#dataFd)
    }
  }

  #committed(batch: Batch): void {
    this.#removed = []
    this.values.removeRefused()
    try {
      this.#stamp.write()
    } catch (error) {
      // It is committed, and must not pass for failed: its files would go. Whoever opens it next looks closer.
      if (errno(error) === undefined) throw error
    }
    this.#remove(batch.trashed)
  }

  #remove(names: readonly string[]): void {
    // Where the system refuses, its row stays: who opens the store next tries again too.
    for (const name of names) if (this.values.remove(name)) this.#removed.push(name)
  }
}

/**
 * LMDB maps a lock file as well: where the disk has no room for a page of it that was never written, touching that ends
 * the process. So it is made, and written, before.
 */
function makeLockFile(home: Home): void {
  const path = `${home.data}-lock`
  if (existsSync(path)) return
  new FreeSpace(home.path).assertFor(LOCK_FILE_BYTES)
  writeFileSync(path, Buffer.alloc(LOCK_FILE_BYTES), { mode: 0o600 })
}

type Looks =
  | { readonly is: 'sound' }
  /** As far as another process can read it. */
  | { readonly is: 'readable' }
  /** It must not be opened. */
  | { readonly is: 'damaged'; readonly why: string }

function lookAt(home: Home): Looks {
  const stat = lstatSync(home.data, { throwIfNoEntry: false })
  if (stat === undefined || (stat.size === 0 && !existsSync(home.stamp))) return { is: 'sound' }
  // Not opened: a pipe would wait for its other end.
  if (!stat.isFile()) return { is: 'damaged', why: 'something else is in its place' }
  const dataFd = openSync(home.data, 'r')
  try {
    if (new Stamp(home.stamp, dataFd).vouches()) return { is: 'sound' }
    const why = seenDamage(dataFd) ?? hiddenDamage(home.data) ?? freeDamageOf(home)
    return why === undefined ? { is: 'readable' } : { is: 'damaged', why }
  } finally {
    closeSync(dataFd)
  }
}

function freeDamageOf(home: Home): string | undefined {
  try {
    return withLock(home.writerLock, () => hiddenFreeDamage(home.data))
  } catch (error) {
    // A writer that lives, stopped as it may be, has found nothing wrong.
    if (isCacheError(error, 'ERR_CACHE_BUSY')) return undefined
    throw error
  }
}

function setAside(home: Home, why: string): void {
  const aside = home.setAside()
  degrade(
    `damaged database ${home.path}`,
    `${home.path} is damaged (${why}): it was moved to ${aside}, and what was kept in it counts as not kept. A new one takes its place.`,
  )
}

function inodeOf(fd: number): bigint {
  return fstatSync(fd, { bigint: true }).ino
}

import { CacheError, isCacheError } from '../../base/errors.ts'
import { loadPackage, packagePath } from '../../base/load-package.ts'

/** Of each database: readers hold a slot each, one per thread that reads. */
const MOST_READERS = 1_000
/** What the writing and the reading of one leaf page costs least with; the format does not depend on it. */
const PAGE_BYTES = 4096
/** 1: may be aborted. 2: committed, and on the disk, when it returns. */
const WHOLE_AND_SYNCED = 3

export interface Row {
  readonly key: Buffer
  readonly value: Buffer
}

/** Of the rows from `start` on, before `end`. */
export interface Range {
  readonly start: Uint8Array
  readonly end: Uint8Array
  readonly limit: number
}

interface Pages {
  readonly pageSize: number
  readonly treeBranchPageCount: number
  readonly treeLeafPageCount: number
  readonly overflowPages: number
}

/** What is used of the package, as it is in 3.5.6, to which package.json pins it; its own declarations lack half of it. */
interface Engine {
  open(path: string, options: object): Opened
  readonly nativeAddon: { resetTxn(address: number): void }
}

interface Opened {
  getBinary(key: Uint8Array, options: object): Buffer | undefined
  getBinaryFast(key: Uint8Array, options: object): Buffer | undefined
  getRange(range: object): Iterable<Row>
  getKeys(range: object): Iterable<Buffer>
  putSync(key: Uint8Array, value: Uint8Array): void
  removeSync(key: Uint8Array): void
  transactionSync(body: () => void, flags: number): void
  getWriteTxnId(): number
  useReadTransaction(): Transaction
  close(): Promise<void>
  readonly db: { stat(): Pages }
  readonly env: { freeStat(): Pages }
}

interface Transaction {
  readonly address: number
}

/**
 * One LMDB database, with binary keys and values. Everything is synchronous. Each read sees the latest commit of any
 * process, and keeps no read transaction open. Throws what LMDB throws (`mdb-error.ts`).
 */
export class Database {
  readonly #engine: Engine
  readonly #db: Opened
  readonly #reading: { readonly transaction: Transaction }
  #isWriting = false
  #isHeld = false
  #changedBytes = 0

  /** Creates the file at `path`, and `<path>-lock`, where they are missing. Throws ERR_CACHE_ENGINE. */
  constructor(path: string, options: { readonly readOnly: boolean }) {
    this.#engine = loadEngine(path)
    this.#db = this.#engine.open(path, {
      noSubdir: true,
      // With it, a writer that is killed makes the next write of every other process fail.
      overlappingSync: false,
      encoding: 'binary',
      keyEncoding: 'binary',
      cache: false,
      pageSize: PAGE_BYTES,
      maxReaders: MOST_READERS,
      permissionsMode: 0o600,
      readOnly: options.readOnly,
    })
    // One of our own, reset before each read. The package's own way leaves a timer behind for each: a loop of a million
    // reads would hold 180 MB until it ends.
    this.#reading = { transaction: this.#db.useReadTransaction() }
    this.#letGo()
  }

  /** All reads of `body` see the same commit. */
  together<T>(body: () => T): T {
    this.#isHeld = true
    try {
      return body()
    } finally {
      this.#isHeld = false
      this.#letGo()
    }
  }

  /** The bytes under `key`: memory of the caller's own, 8-aligned. */
  get(key: Uint8Array): Buffer | undefined {
    const value = this.#db.getBinary(key, this.#options())
    this.#letGo()
    return value
  }

  has(key: Uint8Array): boolean {
    const isThere = this.#db.getBinaryFast(key, this.#options()) !== undefined
    this.#letGo()
    return isThere
  }

  rows(range: Range): Row[] {
    const rows = [...this.#db.getRange({ ...this.#options(), ...range })]
    this.#letGo()
    return rows
  }

  keys(range: Range): Buffer[] {
    const keys = [...this.#db.getKeys({ ...this.#options(), ...range })]
    this.#letGo()
    return keys
  }

  /** Runs `body` while no other thread or process writes, and commits to the disk; what it throws takes everything back. */
  transact<T>(body: (commit: number) => T): T {
    if (this.#isWriting) throw new Error('A plan cannot write to the store that asks it.')
    let result: { readonly value: T } | undefined
    this.#db.transactionSync(() => {
      const commit = this.#db.getWriteTxnId()
      // The package goes on where LMDB refused to begin; nothing that is then written would be.
      if (commit === 0)
        throw Object.assign(new Error('MDB_PANIC: no write transaction can begin'), { code: -30795 })
      this.#isWriting = true
      this.#changedBytes = 0
      try {
        result = { value: body(commit) }
      } finally {
        this.#isWriting = false
      }
    }, WHOLE_AND_SYNCED)
    return result!.value
  }

  /** How many bytes the transaction that is under way has changed so far: 0 where it leaves all as it is. */
  get changedBytes(): number {
    return this.#changedBytes
  }

  /** In `transact` only. */
  put(key: Uint8Array, value: Uint8Array): void {
    this.#changedBytes += key.length + value.length
    // Not its promise: that would keep the transaction open. It throws where it cannot.
    this.#db.putSync(key, value)
  }

  /** In `transact` only. */
  remove(key: Uint8Array): void {
    this.#changedBytes += key.length
    this.#db.removeSync(key)
  }

  /** The bytes of all pages that hold something. */
  usedBytes(): number {
    const { pageSize, ...rows } = this.#db.db.stat()
    const free = this.#db.env.freeStat()
    this.#letGo()
    return pageSize * (2 + countPages(rows) + countPages(free))
  }

  close(): void {
    void this.#db.close()
  }

  /** A read transaction that stays open keeps LMDB from using pages again. */
  #letGo(): void {
    if (!this.#isHeld && !this.#isWriting)
      this.#engine.nativeAddon.resetTxn(this.#reading.transaction.address)
  }

  #options(): object {
    return this.#isWriting ? {} : this.#reading
  }
}

/** Where the package lies, for a process that loads it by itself. */
export function enginePath(): string {
  return packagePath('lmdb')
}

function loadEngine(path: string): Engine {
  try {
    return loadPackage('lmdb') as Engine
  } catch (cause) {
    // Where it is missing, with all the others.
    if (isCacheError(cause)) throw cause
    throw new CacheError(
      'ERR_CACHE_ENGINE',
      `${path} cannot be opened, because the package lmdb, which is native code, cannot be loaded here ` +
        `(${(cause as Error).message.split('\n', 1)[0]}). Run npm rebuild lmdb or npm install lmdb; ` +
        `or give a file path that does not end in .lmdb (path: './results.cache'), which needs no native code.`,
      { details: { path }, cause },
    )
  }
}

function countPages(pages: Omit<Pages, 'pageSize'>): number {
  return pages.treeBranchPageCount + pages.treeLeafPageCount + pages.overflowPages
}

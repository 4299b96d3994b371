import { OWN_TOOL } from '../../base/own-tool.ts'
import { Claims } from '../../files/claims.ts'
import { errno } from '../../files/errno.ts'
import { memoryPath } from '../../files/memory-path.ts'
import { closedError, DISK_TRAITS, storeError } from '../disk-store.ts'
import type { Ranks, Snapshot, Store, StoreEntry, WriteRequest } from '../store.ts'
import type { Batch } from './batch.ts'
import { Connection } from './connection.ts'
import { entryKey, ROW, rowsOf } from './database-key.ts'
import type { Database } from './engine.ts'
import type { Environment } from './environment.ts'
import { GroupWriting, PlanFailure } from './group-writing.ts'
import type { LargeValues } from './large-values.ts'
import { engineErrno } from './mdb-error.ts'
import { Ranking } from './ranking.ts'
import { listEntries, wholeBytes } from './reading.ts'
import { decodeRecord } from './record.ts'
import { register, unregister } from './registrations.ts'
import { copySnapshot, EMPTY_SNAPSHOT, snapshotAt } from './snapshot.ts'
import { Touches } from './touches.ts'
import { type Job, WriteQueue } from './write-queue.ts'
import { hasLargeTails, writeTails } from './writing.ts'

/** So often a large value is looked for whose file is not there: its entry may have been replaced just now. */
const TRIES = 4

/**
 * A store in LMDB, in a folder of its own: for many entries and many processes. Costs the same with ten entries and a
 * million. Every write is on the disk when it is done, whatever `durable` says; those that are made in one turn of the
 * event loop are one commit. Large values lie in files beside the database.
 *
 * Works in worker threads. But one that is terminated (`worker.terminate()`, not `process.exit()` of its own) while it is
 * inside a transaction never ends, and keeps LMDB's lock: other writers get ERR_CACHE_BUSY until the process ends. That is the
 * package's (3.5.6: its clean-up waits for a mutex that the same thread holds); a worker is best told to stop by a message.
 */
export class LmdbStore implements Store {
  static {
    Object.defineProperty(LmdbStore.prototype, OWN_TOOL, { value: true })
  }
  readonly traits = DISK_TRAITS
  readonly path: string
  readonly ranks: Ranks
  readonly leases: Claims
  readonly #connection: Connection
  readonly #queue = new WriteQueue(jobs => this.#commitJobs(jobs))
  readonly #touches = new Touches(() => this.#flush())
  readonly #released = new Set<string>()
  #writes = 0
  #closed = false

  /** `path` is absolute. Nothing is opened yet. `prepare` is called before the first write, to make the folder that it lies in. */
  constructor(path: string, prepare?: () => void) {
    this.path = path
    this.#connection = new Connection(path, prepare)
    this.leases = new Claims(memoryPath(path, '.leases'), () => this.#connection.make())
    this.ranks = new Ranking({
      find: () => this.#reading(() => this.#connection.find()),
      commit: body => this.#writing(() => this.#commit(body)),
      touch: (key, rank, usedAtMs) => this.#touches.add(key, { rank, usedAtMs }),
      giveBack: bytes => this.#writing(() => this.#connection.giveBack(bytes)),
    })
  }

  get writes(): number {
    return this.#writes
  }

  get(key: string): Uint8Array | undefined {
    return this.#reading(() => {
      const row = entryKey(key)
      for (let tries = 1; ; tries += 1) {
        const open = this.#connection.find()
        const bytes = open?.db.get(row)
        if (open === undefined || bytes === undefined) return undefined
        const record = decodeRecord(bytes)
        // Its file is gone: somebody has just replaced it, or damage.
        const whole = wholeBytes(record, open.values)
        if (whole !== undefined || tries === TRIES) return whole ?? record.inline
        this.#connection.lookAgain()
      }
    })
  }

  entries(prefix = ''): Iterable<StoreEntry> {
    this.#assertOpen()
    return this.#translating(listEntries(this.#latest, this.#values, prefix))
  }

  snapshot(): Snapshot {
    const snapshot = this.#reading(() => {
      const db = this.#connection.find()?.db
      const isEmpty = db === undefined || db.keys({ ...rowsOf(ROW.entry), limit: 1 }).length === 0
      return isEmpty ? EMPTY_SNAPSHOT : this.#registered()
    })
    return {
      get: key => this.#reading(() => snapshot.get(key)),
      entries: prefix => this.#translating(snapshot.entries(prefix)),
      close: () => snapshot.close(),
    }
  }

  /** Where nobody can be told that a reader needs what is there, a copy serves. */
  #registered(): Snapshot {
    try {
      const { owner, commit } = this.#commit(register)
      const source = { latest: this.#latest, values: this.#values }
      return snapshotAt(commit, source, () => this.#release(owner))
    } catch (error) {
      if (errno(error) === undefined && engineErrno(error) === undefined) throw error
      return copySnapshot(this.entries(), key => this.get(key))
    }
  }

  writeSync(request: WriteRequest): void {
    this.#writing(() => this.#queue.flush(request))
  }

  async write(request: WriteRequest): Promise<void> {
    this.#assertOpen()
    const prepare = hasLargeTails(request)
      ? async (job: Job) => writeTails(job, this.#connection.make().values)
      : undefined
    await this.#queue.add(request, prepare).catch(error => {
      throw this.#failed(error, 'ERR_CACHE_WRITE')
    })
  }

  stamp(): unknown {
    return this.#reading(() => this.#connection.stamp())
  }

  /** Closed when it returns; a promise where files are still being written that nobody needs any more. */
  close(): Promise<void> | undefined {
    if (this.#closed) return this.#queue.prepared()
    try {
      this.#queue.flush()
      this.#flush()
    } finally {
      this.#closed = true
      this.#writes += 1
      this.#touches.forget()
      this.#connection.close()
      this.leases.close()
    }
    return this.#queue.prepared()
  }

  readonly #latest = (): Database | undefined => this.#connection.find()?.db
  readonly #values = (): LargeValues => this.#connection.home.values

  #commitJobs(jobs: readonly Job[]): void {
    const writing = new GroupWriting(jobs)
    try {
      this.#commit((batch, { values }) => writing.apply(batch, values))
      writing.settle()
    } finally {
      writing.discard(this.#values())
    }
  }

  /** Commits `body`, and what waited for a commit. */
  #commit<T>(body: (batch: Batch, environment: Environment) => T): T {
    this.#writes += 1
    const value = this.#connection.commit((batch, environment) => {
      this.#touches.write(batch)
      unregister(batch, this.#released)
      return body(batch, environment)
    })
    this.#touches.forget()
    this.#released.clear()
    return value
  }

  #release(owner: string): void {
    this.#released.add(owner)
    this.#touches.schedule()
  }

  /** Writes what waits for the next commit, if there is any. */
  #flush(): void {
    if (this.#touches.isEmpty && this.#released.size === 0) return
    this.#commit(() => {})
  }

  #reading<T>(body: () => T): T {
    this.#assertOpen()
    try {
      return this.#connection.retrying(body)
    } catch (error) {
      throw this.#failed(error, 'ERR_CACHE_READ')
    }
  }

  #writing<T>(body: () => T): T {
    this.#assertOpen()
    try {
      return body()
    } catch (error) {
      throw this.#failed(error, 'ERR_CACHE_WRITE')
    }
  }

  *#translating(entries: Iterable<StoreEntry>): Generator<StoreEntry> {
    try {
      yield* entries
    } catch (error) {
      throw this.#failed(error, 'ERR_CACHE_READ')
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw closedError(this.path)
  }

  /** What the system or LMDB refused, in our words; everything else as it is. */
  #failed(error: unknown, code: 'ERR_CACHE_READ' | 'ERR_CACHE_WRITE'): unknown {
    if (error instanceof PlanFailure) return error.error
    return storeError(this.path, error, code, errno(error) ?? engineErrno(error))
  }
}

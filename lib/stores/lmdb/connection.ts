import { isCacheError } from '../../base/errors.ts'
import { errno } from '../../files/errno.ts'
import type { Batch } from './batch.ts'
import { compact, isWorthCompacting, isWorthCopyingAtOnce } from './compaction.ts'
import { Environment, LOOK_MS, Moved } from './environment.ts'
import { Home } from './home.ts'
import { isDamage, isPanic } from './mdb-error.ts'
import { readState } from './state.ts'

const TRIES = 4

/**
 * The way to the database of one store: it is opened when it is needed, and anew where somebody has replaced it, where
 * LMDB wants that, and where it is found to be damaged and is set aside.
 */
export class Connection {
  readonly home: Home
  #prepare: (() => void) | undefined
  #environment: Environment | undefined
  #openings = 0
  #lookAtMs = 0

  /** Nothing is opened yet. `prepare` is called before the folder is made. */
  constructor(path: string, prepare?: () => void) {
    this.home = new Home(path)
    this.#prepare = prepare
  }

  /** The database to read from; undefined where nothing was ever written. */
  find(): Environment | undefined {
    const open = this.#environment
    if (open !== undefined && this.#isCurrent(open)) return open
    this.close()
    this.#environment = Environment.find(this.home)
    if (this.#environment !== undefined) this.#opened(this.#environment)
    return this.#environment
  }

  /** The database to write to: what is missing is made. */
  make(): Environment {
    const open = this.#environment
    // Whether it still is the store's is asked within the transaction.
    if (open?.isReadOnly === false) return open
    this.close()
    this.#prepare?.()
    this.#prepare = undefined
    this.#environment = Environment.make(this.home)
    this.#opened(this.#environment)
    return this.#environment
  }

  /** Lets the next `find` look whether the database was replaced. */
  lookAgain(): void {
    this.#lookAtMs = 0
  }

  /** Another text after every commit of any process, and every opening. */
  stamp(): string {
    const open = this.find()
    return `${this.#openings}.${open?.stamp() ?? ''}`
  }

  /** One commit. */
  commit<T>(body: (batch: Batch, environment: Environment) => T): T {
    for (let tries = 1; ; tries += 1) {
      const environment = this.make()
      try {
        return environment.commit(batch => body(batch, environment)).value
      } catch (error) {
        if (tries === TRIES || !this.#recovers(error, environment)) throw error
      }
    }
  }

  /** Reads, and reads again where the database had to be opened anew. */
  retrying<T>(body: () => T): T {
    for (let tries = 1; ; tries += 1) {
      try {
        return body()
      } catch (error) {
        const open = this.#environment
        if (tries === TRIES || open === undefined || !this.#recovers(error, open)) throw error
      }
    }
  }

  /** Whether the folder takes no more than `bytes`, perhaps now that pages which held nothing are given back. */
  giveBack(bytes: number): boolean {
    const open = this.make()
    if (open.sizeBytes + readState(open.db).fileBytes <= bytes) return true
    return isWorthCompacting(open) && copy(open)
  }

  /** The next use opens it again. */
  close(): void {
    const open = this.#environment
    this.#environment = undefined
    open?.close()
  }

  #isCurrent(open: Environment): boolean {
    const nowMs = performance.now()
    if (nowMs < this.#lookAtMs) return true
    const isCurrent = open.isCurrent()
    this.#lookAtMs = nowMs + LOOK_MS
    return isCurrent
  }

  #opened(environment: Environment): void {
    this.#openings += 1
    if (environment.isReadOnly) return
    environment.tidy()
    if (isWorthCopyingAtOnce(environment)) copy(environment)
  }

  /** Whether another try may succeed. */
  #recovers(error: unknown, environment: Environment): boolean {
    if (isDamage(error)) {
      this.#environment = undefined
      Environment.setAside(environment, (error as Error).message)
      return true
    }
    if (!(error instanceof Moved) && !isPanic(error)) return false
    this.close()
    return true
  }
}

/** Whether it could be copied: where not, the next one tries. */
function copy(environment: Environment): boolean {
  try {
    compact(environment)
    return true
  } catch (error) {
    const isHindered = isCacheError(error, 'ERR_CACHE_BUSY') || errno(error) !== undefined
    if (!isHindered && !(error instanceof Moved)) throw error
    return false
  }
}

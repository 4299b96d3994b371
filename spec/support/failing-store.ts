import type { MaybePromise } from '../../lib/base/maybe-promise.ts'
import type { Snapshot, Store, StoreEntry, StoreTraits, WriteRequest } from '../../lib/stores/store.ts'

export interface FailurePlan {
  /** Which operation fails, counted from 1: 0 for none. */
  readonly failAt: number
  /** Only that one, or every one from then on. */
  readonly how: 'once' | 'for good'
  /** Before anything was done, or after it was done: what happened is then unknown to the caller. */
  readonly when?: 'before' | 'after'
  /** What is thrown. */
  readonly error: () => unknown
}

/** A store that does what `inner` does, and fails at will. Closing never fails. */
export class FailingStore implements Store {
  readonly traits: StoreTraits
  /** How many operations there were so far. */
  operations = 0
  readonly #inner: Store
  readonly #plan: FailurePlan

  constructor(inner: Store, plan: FailurePlan) {
    this.#inner = inner
    this.#plan = plan
    this.traits = inner.traits
  }

  get(key: string): MaybePromise<Uint8Array | undefined> {
    return this.#count(() => this.#inner.get(key))
  }

  entries(prefix?: string): MaybePromise<Iterable<StoreEntry>> {
    return this.#count(() => this.#inner.entries(prefix))
  }

  snapshot(): MaybePromise<Snapshot> {
    return this.#count(() => this.#inner.snapshot!())
  }

  async write(request: WriteRequest): Promise<void> {
    const fails = this.#next()
    if (fails && this.#plan.when !== 'after') throw this.#plan.error()
    await this.#inner.write(request)
    if (fails) throw this.#plan.error()
  }

  writeSync(request: WriteRequest): void {
    this.#count(() => this.#inner.writeSync!(request))
  }

  close(): MaybePromise<void> {
    return this.#inner.close()
  }

  #count<T>(body: () => T): T {
    const fails = this.#next()
    if (fails && this.#plan.when !== 'after') throw this.#plan.error()
    const result = body()
    if (fails) throw this.#plan.error()
    return result
  }

  #next(): boolean {
    this.operations += 1
    const { failAt, how } = this.#plan
    return how === 'once' ? this.operations === failAt : failAt > 0 && this.operations >= failAt
  }
}

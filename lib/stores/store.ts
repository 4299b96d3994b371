import type { MaybePromise } from '../base/maybe-promise.ts'
import type { Change } from '../files/change.ts'

export type { Change } from '../files/change.ts'

/** What a store can do beyond the methods that every store has. */
export interface StoreTraits {
  /** `get`, `entries` and `snapshot` answer at once, and `writeSync` is there. */
  readonly sync: boolean
  /** What is written outlives the process. */
  readonly persistent: boolean
  /** Several processes may use it at the same time. */
  readonly multiProcess: boolean
  /** The changes of one `write` count together or not at all, whatever happens in between. */
  readonly atomicBatch: boolean
  /** It can give one process the right to evaluate a key. */
  readonly leases: boolean
}

/** Decides what to write from what is there at that moment: nobody else writes in between. */
export interface WriteRequest {
  /** The keys that `plan` has to see. */
  readonly reads: readonly string[]
  /**
   * The changes, in order; none writes nothing. Synchronous, and it may be called more than once.
   * `current` holds those of `reads` that are there; `entries` lists the whole store and costs accordingly.
   */
  plan(current: ReadonlyMap<string, Uint8Array>, entries: () => Iterable<StoreEntry>): readonly Change[]
  /** Survives power loss when the write is done. Else it survives the process, where the store is persistent. */
  readonly durable: boolean
  /** The caller is done for now: bring what is kept into its compact form (a file of its own, without a journal). */
  readonly settle?: boolean
}

export type StoreEntry = readonly [key: string, bytes: Uint8Array]

/** What a store held at one moment, whatever is written later. */
export interface Snapshot {
  /** As `Store.get`. */
  get(key: string): Uint8Array | undefined
  /** As `Store.entries`. */
  entries(prefix?: string): Iterable<StoreEntry>
  close(): void
}

/**
 * Bytes under text keys; a store knows nothing of values. Keys are well-formed Unicode of up to 65,535 bytes in UTF-8.
 * Every method throws, or rejects with, a `CacheError` where the store cannot be reached: ERR_CACHE_READ,
 * ERR_CACHE_WRITE, ERR_CACHE_BUSY, ERR_CACHE_FORMAT; ERR_CACHE_CLOSED after `close`.
 */
export interface Store {
  readonly traits: StoreTraits
  /** The file that holds it, where one does: a block's journal and locks may lie beside it. */
  readonly path?: string
  /**
   * The bytes under `key`, fresh and the caller's own, at least 8-aligned; undefined if there are none. What is damaged comes as it is, possibly
   * empty: whoever reads it checks it.
   */
  get(key: string): MaybePromise<Uint8Array | undefined>
  /** Every key that begins with `prefix`, with its bytes: in the order in which keys were first written, where `traits.persistent` stores can tell. */
  entries(prefix?: string): MaybePromise<Iterable<StoreEntry>>
  /** Writes what `request.plan` decides. */
  write(request: WriteRequest): Promise<void>
  /** The same, done when it returns. There if `traits.sync`. */
  writeSync?(request: WriteRequest): void
  /** What the store holds now. Where it is missing, a copy of `entries()` serves. */
  snapshot?(): MaybePromise<Snapshot>
  /** Lets go of files that it holds open, until its next use: a block on it has ended. */
  rest?(): void
  /** Releases what it holds. May be called twice. */
  close(): MaybePromise<void>
}

/** A request that writes `changes`, whatever is there. */
export function writeOf(
  changes: readonly Change[],
  options: Pick<WriteRequest, 'durable' | 'settle'>,
): WriteRequest {
  return { reads: [], plan: () => changes, ...options }
}

import type { MaybePromise } from '../base/maybe-promise.ts'
import type { Change as BytesUnderKey } from '../files/change.ts'

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

/** One change of a store: what lies under `key` from now on, or, where `bytes` is undefined, nothing. */
export interface Change extends BytesUnderKey {
  /**
   * More bytes, which follow `bytes` (whose length is then a multiple of 8): a store may keep them apart, and leaves them
   * out where it lists. Bytes of the caller's, or some that are there already.
   */
  readonly tail?: Uint8Array | TailOf
  /** Where the entry stands among all that may be dropped to make room: the lowest goes first. Without one, it never does. */
  readonly rank?: number
  /** From then on it is of no use to anybody, and goes before all others. Of a key with a rank. */
  readonly expiresAtMs?: number
}

/** The bytes from `from` on of what lay under `key` before the write began. */
export interface TailOf {
  readonly key: string
  readonly from: number
}

/** Decides what to write from what is there at that moment: nobody else writes in between. */
export interface WriteRequest {
  /** The keys that `plan` has to see. */
  readonly reads: readonly string[]
  /**
   * The changes, in order; none writes nothing. Synchronous, and it may be called more than once.
   * `current` holds those of `reads` that are there, perhaps without their tails; `entries` lists the whole store and
   * costs accordingly.
   */
  plan(current: ReadonlyMap<string, Uint8Array>, entries: () => Iterable<StoreEntry>): readonly Change[]
  /** Tails that `plan` may put: a store may bring them to the disk before, so that nobody has to wait for them. */
  readonly tails?: readonly Uint8Array[]
  /** Survives power loss when the write is done. Else it survives the process, where the store is persistent. */
  readonly durable: boolean
  /** The caller is done for now: bring what is kept into its compact form (a file of its own, without a journal). */
  readonly settle?: boolean
}

/** `bytes` perhaps without their tail. */
export type StoreEntry = readonly [key: string, bytes: Uint8Array, facts?: StoreFacts]

/** What a store that keeps ranks knows of an entry without looking into it. */
export interface StoreFacts {
  /** When it was last touched; undefined for never. */
  readonly usedAtMs: number | undefined
}

/** What a store can do that keeps its entries in the order of their ranks. Everything here is synchronous. */
export interface Ranks {
  usage(): Usage
  /** The highest rank of an entry that was ever dropped to make room; 0 at first. */
  readonly floor: number
  /** Notes that the entry under `key` was used, and its new rank: written with the next write, or some seconds later, or lost. */
  touch(key: string, rank: number, usedAtMs: number): void
  /**
   * Drops entries until the store is within the bounds, or nothing is left that has a rank: those that have expired at
   * `nowMs`, then the lowest. `dropping` is told each (`bytes` perhaps without the tail) and says what to write besides.
   */
  makeRoom(bounds: {
    readonly bytes: number
    readonly entries: number
    readonly nowMs: number
    dropping(key: string, bytes: Uint8Array, sizeBytes: number): readonly Change[]
  }): void
  /** Ranks everything anew, once for each other `policy`: entries that were ranked by another cannot be compared. */
  rankBy(
    policy: string,
    rank: (bytes: Uint8Array, facts: StoreFacts, key: string) => number | undefined,
  ): void
}

/**
 * The right to evaluate a key: one thread of all processes of this machine holds it. Synchronous throughout; a few
 * microseconds each, no synced write. Throws what the system says where leases cannot be had.
 */
export interface Leases {
  /** Takes the lease of `key`; where a live thread has it, that one's name. `despite`: a holder that does not count. */
  take(key: string, despite?: string): string | undefined
  release(key: string): void
  /** The same for many, at the cost of one. */
  releaseAll(keys: readonly string[]): void
  /** Whether this thread holds any. */
  readonly holdsAny: boolean
  /** Lets others know that the evaluation of `held` waits for `awaited`, until the returned function is called. Nothing for a key that this thread does not hold. */
  noteWaiting(held: string, awaited: string): () => void
  /** Whether whoever holds `awaited` waits, perhaps through others, for one of `held`. */
  wouldDeadlock(held: readonly string[], awaited: string): boolean
}

export interface Usage {
  /** What the store takes on the disk. */
  readonly bytes: number
  /** How many entries have a rank. */
  readonly entries: number
}

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
  /** Every key that begins with `prefix`, with its bytes, perhaps without their tails: in the order in which keys were first written, where `traits.persistent` stores can tell. */
  entries(prefix?: string): MaybePromise<Iterable<StoreEntry>>
  /** Writes what `request.plan` decides. */
  write(request: WriteRequest): Promise<void>
  /** The same, done when it returns. There if `traits.sync`. */
  writeSync?(request: WriteRequest): void
  /** What the store holds now. Where it is missing, a copy of `entries()` serves. */
  snapshot?(): MaybePromise<Snapshot>
  /** Another value after every write, by whatever process: what was read under the same stamp is still true. Costs less than `get`. */
  stamp?(): unknown
  /** How often this object has written or been closed: as long as it stays the same, only others can have changed the stamp. */
  readonly writes?: number
  /** What it takes on the disk, where it lies there. */
  sizeBytes?(): number
  /** There if `traits.leases`. */
  readonly leases?: Leases
  /** There where entries are kept in the order of their ranks. */
  readonly ranks?: Ranks
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

import { CacheError, isCacheError } from '../../base/errors.ts'
import { attempt, chain, type MaybePromise } from '../../base/maybe-promise.ts'
import { onceFor } from '../../base/once-for.ts'
import { renderSize } from '../../base/size.ts'
import { degrade } from '../../events/degrade.ts'
import type { Store, Usage } from '../../stores/store.ts'
import type { Entry } from '../entry.ts'
import { boundsOf } from './bounds.ts'
import type { Dropper } from './dropper.ts'
import { InFlight } from './in-flight.ts'
import { ListedDropper } from './listed-dropper.ts'
import { RankedDropper } from './ranked-dropper.ts'

/** From this part of a bound on, room is made after a write, so that the next one need not wait for it. */
const HIGH_WATER = 0.95
/** What lies around a value in a store. */
const ENTRY_BYTES = 512
/** What a synchronous write, which cannot wait, may make of a bound together with all that is on its way already. */
const MOST_TOGETHER = 1.2
/** How long a store that had no room is taken to have none. */
const FULL_MS = 1_000

const roomIn = onceFor((store: Store) => new Room(store))

/** What keeps `store` within its bounds; undefined where it has none. */
export function roomOf(store: Store): Room | undefined {
  const { maxBytes, maxEntries } = boundsOf(store)
  return maxBytes === undefined && maxEntries === undefined ? undefined : roomIn(store)
}

/** Keeps one store within its bounds, whatever this process keeps there. */
export class Room {
  readonly #store: Store
  readonly #dropper: Dropper
  readonly #inFlight = new InFlight()
  #fullUntilMs = 0
  #isScheduled = false

  /** Made by `roomOf`. */
  constructor(store: Store) {
    this.#store = store
    const { ranks } = store
    this.#dropper = ranks === undefined ? new ListedDropper(store) : new RankedDropper(store, ranks)
  }

  /**
   * Does `write`, which puts `entry` under `storeKey`, when there is room for it: what is worth least is dropped before,
   * and where much is being written already (and `sync` is false), that is waited for. Throws ERR_CACHE_FULL for what
   * does not fit; then nothing was written.
   */
  keep(
    { storeKey, entry, sync }: { readonly storeKey: string; readonly entry: Entry; readonly sync: boolean },
    write: () => MaybePromise<void>,
  ): MaybePromise<void> {
    const bytes = bytesOf(entry)
    const { maxBytes = Number.POSITIVE_INFINITY } = boundsOf(this.#store)
    if (bytes > maxBytes) throw this.#tooLarge(bytes, maxBytes)
    const run = (): MaybePromise<void> =>
      chain(this.#makeRoomFor(bytes), () =>
        chain(write(), () => {
          this.#dropper.noteKept(storeKey, entry, bytes)
          if (!sync) this.#makeRoomLater()
        }),
      )
    return sync ? this.#inFlight.now(bytes, run) : this.#inFlight.inTurn(bytes, this.#bounds, run)
  }

  get #bounds(): Usage {
    const { maxBytes = Number.POSITIVE_INFINITY, maxEntries = Number.POSITIVE_INFINITY } = boundsOf(
      this.#store,
    )
    return { bytes: maxBytes, entries: maxEntries }
  }

  /** For all that is being written, that of `bytes` included. */
  #makeRoomFor(bytes: number): MaybePromise<void> {
    const need = this.#inFlight.usage
    if (fits(this.#dropper.usage(), need, this.#bounds)) return
    if (Date.now() < this.#fullUntilMs) throw this.#full(bytes)
    return chain(this.#dropper.makeRoom(need), () => {
      // Of entries that count there are none that cannot be dropped.
      const usedBytes = this.#dropper.usage().bytes
      const maxBytes = this.#bounds.bytes
      const together = usedBytes + need.bytes <= maxBytes * MOST_TOGETHER
      if (together && usedBytes + bytes <= maxBytes) return
      this.#fullUntilMs = Date.now() + FULL_MS
      throw this.#full(bytes)
    })
  }

  #makeRoomLater(): void {
    if (this.#isScheduled || !this.#isNearlyFull()) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      attempt(
        () => (this.#isNearlyFull() ? this.#dropper.makeRoom(this.#inFlight.usage) : undefined),
        () => {},
        error => this.#couldNot(error),
      )
    })
  }

  #isNearlyFull(): boolean {
    const { bytes, entries } = this.#bounds
    const usage = this.#dropper.usage()
    // What is not known is looked at when the next write needs it.
    return isNear(usage.bytes, bytes) || isNear(usage.entries, entries)
  }

  #couldNot(error: unknown): void {
    // Its owner is done with it.
    if (isCacheError(error, 'ERR_CACHE_CLOSED')) return
    degrade(
      `make room ${this.#place}`,
      `No room could be made in ${this.#place}; it is tried again before the next write: ${String(error)}`,
      error,
    )
  }

  get #place(): string {
    return this.#store.path ?? 'memory'
  }

  #tooLarge(bytes: number, maxBytes: number): CacheError {
    return new CacheError(
      'ERR_CACHE_FULL',
      `The value takes ${renderSize(bytes)}, and all of ${this.#place} may take ${renderSize(maxBytes)}. Give a larger maxSize.`,
      { details: { path: this.#store.path, sizeBytes: bytes, maxBytes } },
    )
  }

  #full(bytes: number): CacheError {
    const { bytes: maxBytes } = this.#bounds
    const usage = this.#dropper.usage()
    return new CacheError(
      'ERR_CACHE_FULL',
      `The value takes ${renderSize(bytes)}, and ${this.#place} holds ${renderSize(usage.bytes)} of ${renderSize(maxBytes)} that cannot be dropped: ` +
        'what blocks set stays. Delete some of it, or give a larger maxSize.',
      { details: { path: this.#store.path, sizeBytes: bytes, maxBytes, usedBytes: usage.bytes } },
    )
  }
}

function bytesOf({ value, key, args }: Entry): number {
  return value.byteLength + (key?.byteLength ?? 0) + (args?.byteLength ?? 0) + ENTRY_BYTES
}

function fits(usage: Usage, need: Usage, bounds: Usage): boolean {
  return usage.bytes + need.bytes <= bounds.bytes && usage.entries + need.entries <= bounds.entries
}

function isNear(used: number, bound: number): boolean {
  return Number.isFinite(used) && Number.isFinite(bound) && used > bound * HIGH_WATER
}

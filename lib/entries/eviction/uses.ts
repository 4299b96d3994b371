import type { Store } from '../../stores/store.ts'
import type { Entry } from '../entry.ts'
import { boundsOf } from './bounds.ts'
import { COST } from './cost.ts'
import { rankOf } from './rank.ts'

/** A use so soon after another tells nothing new. */
const AGAIN_MS = 1_000
/** How many keys are remembered; the one that was used longest ago is forgotten first. */
const MOST_USES = 100_000

export interface Use {
  readonly usedAtMs: number
  readonly rank: number
}

const usesByStore = new WeakMap<Store, Uses>()

/**
 * Notes that `entry`, which lies under `storeKey` in `store`, was used: it will stand higher among what may be dropped.
 * For the path of a hit: nothing is written, and a key that was noted within the last second costs a look at the clock.
 */
export function noteUse(store: Store, storeKey: string, entry: Entry): void {
  const uses = store.ranks === undefined ? usesByStore.get(store) : usesOf(store)
  uses?.note(storeKey, entry, Date.now())
}

/** What is remembered of the uses of `store` from now on. */
export function usesOf(store: Store): Uses {
  let uses = usesByStore.get(store)
  if (uses === undefined) {
    uses = new Uses(store)
    usesByStore.set(store, uses)
  }
  return uses
}

/** Which entries of one store were used lately in this process. */
export class Uses {
  readonly #store: Store
  readonly #uses = new Map<string, Use>()
  #policyId = ''
  #floor = 0

  /** Made by `usesOf`. */
  constructor(store: Store) {
    this.#store = store
  }

  /** The highest rank that had to go: of a store that does not know it, as far as this process does. */
  get floor(): number {
    return this.#store.ranks?.floor ?? this.#floor
  }

  raiseFloor(rank: number): void {
    this.#floor = Math.max(this.#floor, rank)
  }

  note(storeKey: string, entry: Entry, nowMs: number): void {
    const before = this.#uses.get(storeKey)
    // Not only later: a clock that was set back must not silence a key for long.
    if (before !== undefined && Math.abs(nowMs - before.usedAtMs) < AGAIN_MS) return
    this.noteKept(storeKey, entry, nowMs)
    const use = this.#uses.get(storeKey)
    if (use !== undefined) this.#store.ranks?.touch(storeKey, use.rank, nowMs)
  }

  /** The same for an entry that was just put there, with the rank that it has. */
  noteKept(storeKey: string, entry: Entry, nowMs: number): void {
    const { policy = COST } = boundsOf(this.#store)
    if (policy.id !== this.#policyId) this.#uses.clear()
    this.#policyId = policy.id
    const place = { sizeBytes: entry.value.byteLength, lastUsedMs: nowMs, isCurrent: true }
    const rank = rankOf(policy, entry, place, this.floor)
    // Whatever is noted last goes to the end.
    this.#uses.delete(storeKey)
    if (rank === undefined) return
    if (this.#uses.size >= MOST_USES) {
      const [oldest] = this.#uses.keys()
      this.#uses.delete(oldest!)
    }
    this.#uses.set(storeKey, { usedAtMs: nowMs, rank })
  }

  /** The last use of the key, as the policy of now ranked it. */
  get(storeKey: string): Use | undefined {
    return this.#policyId === (boundsOf(this.#store).policy ?? COST).id ? this.#uses.get(storeKey) : undefined
  }

  forget(storeKey: string): void {
    this.#uses.delete(storeKey)
  }
}

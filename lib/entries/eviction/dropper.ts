import type { MaybePromise } from '../../base/maybe-promise.ts'
import type { Usage } from '../../stores/store.ts'
import type { Entry } from '../entry.ts'

/** Makes room in one store: in its own way, by what the store can do. */
export interface Dropper {
  /** What the store holds, as far as is known without looking: infinitely much where nothing is. */
  usage(): Usage
  /** Told of each result that was kept in this process, with about what it takes. */
  noteKept(storeKey: string, entry: Entry, bytes: number): void
  /** Drops what is worth least, to well below the bounds, so that one pass pays for many writes; `need` fits in any case. */
  makeRoom(need: Usage): MaybePromise<void>
}

/** Down to which part of `bound` room is made, so that `need` fits below the bound too. */
export function lowWater(bound: number, share: number, need: number): number {
  return Math.max(0, Math.min(Math.floor(bound * share), bound - need))
}

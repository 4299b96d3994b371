import { REASONS, type Reason } from '../base/reason.ts'
import type { CacheEventMap, CacheEventType } from './events.ts'

/** What one function's calls came to, in this process. */
export interface CallStats {
  readonly hits: number
  readonly misses: Readonly<Record<Reason, number>>
  readonly evaluations: number
  /** Spent in the function itself. */
  readonly evaluatedMs: number
  /** What the hits would have cost. */
  readonly savedMs: number
  /** Spent by the cache: keys, reading, writing. */
  readonly overheadMs: number
}

/** Adds up events. It is told only what an event of its type says besides which call it is about. */
export class StatsFold {
  #hits = 0
  #evaluations = 0
  #evaluatedMs = 0
  #savedMs = 0
  #overheadMs = 0
  readonly #misses = Object.fromEntries(Object.keys(REASONS).map(reason => [reason, 0])) as Record<
    Reason,
    number
  >

  add(type: CacheEventType, fields: object): void {
    switch (type) {
      case 'hit': {
        const { savedMs, overheadMs } = fields as CacheEventMap['hit']
        this.#hits += 1
        this.#savedMs += savedMs
        this.#overheadMs += overheadMs
        return
      }
      case 'miss':
        this.#misses[(fields as CacheEventMap['miss']).because] += 1
        return
      case 'evaluated':
        this.#evaluations += 1
        this.#evaluatedMs += (fields as CacheEventMap['evaluated']).costMs
        return
      case 'kept':
        this.#overheadMs += (fields as CacheEventMap['kept']).overheadMs
        return
      default:
    }
  }

  get sum(): CallStats {
    return {
      hits: this.#hits,
      misses: { ...this.#misses },
      evaluations: this.#evaluations,
      evaluatedMs: this.#evaluatedMs,
      savedMs: this.#savedMs,
      overheadMs: this.#overheadMs,
    }
  }
}

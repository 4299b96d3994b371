import { REASONS, type Reason } from '../base/reason.ts'
import type { CacheEventMap, CacheEventType } from './events.ts'

/** What the calls of one function came to. */
export interface CallStats {
  readonly hits: number
  readonly misses: Readonly<Record<Reason, number>>
  readonly evaluations: number
  /** Spent in the function itself. */
  readonly evaluatedMs: number
  /** What the hits would have cost. */
  readonly savedMs: number
  /** Spent by the cache: keys, reading, writing. Waiting for somebody else's evaluation is not among it. */
  readonly overheadMs: number
}

/** Adds up events. It is told only what an event of its type says besides which call it is about. */
export class StatsFold {
  #sum = newSum()

  add(type: CacheEventType, fields: object): void {
    const sum = this.#sum
    switch (type) {
      case 'hit': {
        const { savedMs, overheadMs, joined } = fields as CacheEventMap['hit']
        sum.hits += 1
        sum.savedMs += savedMs
        if (!joined) sum.overheadMs += overheadMs
        return
      }
      case 'miss':
        sum.misses[(fields as CacheEventMap['miss']).because] += 1
        return
      case 'evaluated':
        sum.evaluations += 1
        sum.evaluatedMs += (fields as CacheEventMap['evaluated']).costMs
        return
      case 'kept':
        sum.overheadMs += (fields as CacheEventMap['kept']).overheadMs
        return
      default:
    }
  }

  /** What was added up so far. */
  get sum(): CallStats {
    return addStats(this.#sum)
  }

  /** The same, and begins anew. */
  take(): CallStats {
    const sum = this.#sum
    this.#sum = newSum()
    return sum
  }

  /** Adds what was taken after all. */
  putBack(stats: CallStats): void {
    this.#sum = addStats(this.#sum, stats)
  }
}

/** The sum of all these; of none, nothing. */
export function addStats(...parts: readonly CallStats[]): Sum {
  const sum = newSum()
  for (const part of parts) {
    for (const field of STATS_FIELDS) sum[field] += part[field]
    for (const reason of ALL_REASONS) sum.misses[reason] += part.misses[reason]
  }
  return sum
}

/** What a sum consists of besides the misses. */
export const STATS_FIELDS = ['hits', 'evaluations', 'evaluatedMs', 'savedMs', 'overheadMs'] as const

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Sum = Mutable<Omit<CallStats, 'misses'>> & { readonly misses: Record<Reason, number> }

const ALL_REASONS = Object.keys(REASONS) as readonly Reason[]

function newSum(): Sum {
  const none = ALL_REASONS.map(reason => [reason, 0])
  const misses = Object.fromEntries(none) as Record<Reason, number>
  return { hits: 0, misses, evaluations: 0, evaluatedMs: 0, savedMs: 0, overheadMs: 0 }
}

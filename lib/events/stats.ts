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

export function noStats(): CallStats {
  const misses = Object.fromEntries(Object.keys(REASONS).map(reason => [reason, 0])) as Record<Reason, number>
  return { hits: 0, misses, evaluations: 0, evaluatedMs: 0, savedMs: 0, overheadMs: 0 }
}

/** `stats` after one more event. */
export function addEvent<T extends CacheEventType>(
  stats: CallStats,
  type: T,
  event: CacheEventMap[T],
): CallStats {
  if (is('hit', type, event)) {
    return {
      ...stats,
      hits: stats.hits + 1,
      savedMs: stats.savedMs + event.savedMs,
      overheadMs: stats.overheadMs + event.overheadMs,
    }
  }
  if (is('miss', type, event)) {
    const misses = { ...stats.misses, [event.because]: stats.misses[event.because] + 1 }
    return { ...stats, misses }
  }
  if (is('evaluated', type, event)) {
    return { ...stats, evaluations: stats.evaluations + 1, evaluatedMs: stats.evaluatedMs + event.costMs }
  }
  if (is('kept', type, event)) return { ...stats, overheadMs: stats.overheadMs + event.overheadMs }
  return stats
}

function is<T extends CacheEventType>(
  wanted: T,
  type: CacheEventType,
  _event: CacheEventMap[CacheEventType],
): _event is CacheEventMap[T] {
  return type === wanted
}

import type { Store } from '../../stores/store.ts'
import type { EntryHead } from '../entry.ts'
import type { Standing } from '../put.ts'
import { boundsOf } from './bounds.ts'
import { COST } from './cost.ts'
import { rankOf } from './rank.ts'

/** Where entries stand that are kept in `store`, bounded or not: another process may bound it. */
export function standingIn(
  store: Store,
): (head: EntryHead, valueBytes: number, isCurrent: boolean) => Standing {
  const { ranks } = store
  if (ranks === undefined) return () => ({})
  return (head, sizeBytes, isCurrent) => {
    const { policy = COST } = boundsOf(store)
    const place = { sizeBytes, lastUsedMs: head.createdAtMs, isCurrent }
    const rank = rankOf(policy, head, place, ranks.floor)
    if (rank === undefined) return {}
    const { expiresAtMs } = head
    return { rank, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) }
  }
}

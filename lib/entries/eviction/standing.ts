import type { Store } from '../../stores/store.ts'
import { ANY_CODE } from '../code-version.ts'
import type { EntryHead } from '../entry.ts'
import type { Standing } from '../put.ts'
import { COST } from './cost.ts'

/** Below every rank of a policy: results of other code, and of a history, go first, the oldest first of all. */
const SUPERSEDED_BELOW = 1e15

/** Where entries stand that are kept in `store`. What a block set has no rank: it is never dropped. */
export function standingIn(
  store: Store,
): (head: EntryHead, valueBytes: number, isCurrent: boolean) => Standing {
  const { ranks } = store
  if (ranks === undefined) return () => ({})
  return (head, sizeBytes, isCurrent) => {
    const { codeVersion, costMs, createdAtMs, expiresAtMs } = head
    if (codeVersion === ANY_CODE) return {}
    const worth = { costMs, createdAtMs, sizeBytes, lastUsedMs: createdAtMs }
    const rank = isCurrent ? COST.rank(worth, ranks.floor) : createdAtMs - SUPERSEDED_BELOW
    return { rank, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) }
  }
}

import { degrade } from '../../events/degrade.ts'
import { ANY_CODE } from '../code-version.ts'
import type { EntryHead } from '../entry.ts'
import type { EvictionPolicy, Worth } from './policy.ts'

/** Below every rank of a policy: results of other code, and of a history, go first, the oldest first of all. */
const SUPERSEDED_BELOW = 1e15

/** How an entry lies in its store. */
export interface Place {
  readonly sizeBytes: number
  readonly lastUsedMs: number
  /** It is the last written one of its key. */
  readonly isCurrent: boolean
}

/** Where an entry stands; undefined for what a block set, which is never dropped. */
export function rankOf(
  policy: EvictionPolicy,
  { codeVersion, costMs, createdAtMs }: Pick<EntryHead, 'codeVersion' | 'costMs' | 'createdAtMs'>,
  { sizeBytes, lastUsedMs, isCurrent }: Place,
  floor: number,
): number | undefined {
  if (codeVersion === ANY_CODE) return undefined
  if (!isCurrent) return createdAtMs - SUPERSEDED_BELOW
  return checkedRank(policy, { costMs, sizeBytes, createdAtMs, lastUsedMs }, floor)
}

/** A policy of the user's own that fails costs nobody a result: the entry stands at the bottom, and that is said. */
function checkedRank(policy: EvictionPolicy, worth: Worth, floor: number): number {
  let failure: unknown
  try {
    const rank: unknown = policy.rank(worth, floor)
    if (typeof rank === 'number' && rank >= 0 && rank < Number.POSITIVE_INFINITY) return rank
    failure = `it gave ${String(rank)}, and a rank is a finite number of at least 0`
  } catch (error) {
    failure = error
  }
  degrade(
    `rank ${policy.id}`,
    `The eviction policy '${policy.id}' could not rank an entry, which counts as worth nothing now: ${String(failure)}.`,
    failure,
  )
  return 0
}

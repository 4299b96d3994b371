import type { EvictionPolicy } from './policy.ts'

/** What was not used for longest goes first. */
export const LRU: EvictionPolicy = {
  id: 'lru',
  rank: ({ lastUsedMs }) => lastUsedMs,
}

import type { EvictionPolicy } from './policy.ts'

/** What lies around a value in the store: an entry of a few bytes is not worth a thousand times one of some hundred. */
const OVERHEAD_BYTES = 256

/**
 * What takes longest to compute for its size stays longest, and what is not used any more goes in the end: Greedy-Dual-Size
 * (Cao and Irani, "Cost-Aware WWW Proxy Caching Algorithms", 1997), in milliseconds per KiB.
 */
export const COST: EvictionPolicy = {
  id: 'cost',
  rank: ({ costMs, sizeBytes }, floor) => floor + (1024 * costMs) / (sizeBytes + OVERHEAD_BYTES),
}

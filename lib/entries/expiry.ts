import type { Entry } from './entry.ts'

/** When `entry` expires under the current time to live: at the earlier of what was stored and what holds now. */
export function expiryOf(
  entry: Pick<Entry, 'createdAtMs' | 'expiresAtMs'>,
  ttlMs: number | undefined,
): number {
  const now = ttlMs === undefined ? Number.POSITIVE_INFINITY : entry.createdAtMs + ttlMs
  return Math.min(entry.expiresAtMs ?? Number.POSITIVE_INFINITY, now)
}

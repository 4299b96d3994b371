/** A moment as people write it, in UTC: `2024-01-02 03:04:05`. */
export function renderTime(ms: number): string {
  // Beyond what a Date can hold: somebody's clock, or somebody's `ttl`.
  if (!(Math.abs(ms) <= LAST_MS)) return 'an unknown day'
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '')
}

/** A length of time in two or three digits: `12 ms`, `1.5 s`. */
export function renderMs(ms: number): string {
  if (ms < 1_000) return `${ms < 100 ? ms.toPrecision(2) : ms.toFixed(0)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 3_600_000) return `${(ms / 60_000).toFixed(1)} min`
  return ms < 86_400_000 ? `${(ms / 3_600_000).toFixed(1)} h` : `${(ms / 86_400_000).toFixed(1)} days`
}

const LAST_MS = 8.64e15

import type { Store } from '../stores/store.ts'

/** How long a stamp is believed: what others write is seen within 20 ms, reading included. */
const BELIEVED_MS = 10

/**
 * Gives the stamp of `store`: never from before a write of this process, and otherwise at most `BELIEVED_MS` old. Costs a
 * look at the clock, or, where the store does not count this process's writes, the asking.
 */
export function freshnessOf(store: Store): () => unknown {
  if (store.writes === undefined) return () => store.stamp?.()
  let stamp: unknown
  let writes: number | undefined
  let askedMs = 0
  return () => {
    const nowMs = performance.now()
    if (writes !== store.writes || nowMs - askedMs >= BELIEVED_MS) {
      writes = store.writes
      stamp = store.stamp?.()
      askedMs = nowMs
    }
    return stamp
  }
}

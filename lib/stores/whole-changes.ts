import type { Change as WholeChange } from '../files/change.ts'
import type { Change } from './store.ts'

/** The same changes without tails, for a store that keeps every entry in one piece. `read` gives what is there before any of them. */
export function wholeChanges(
  changes: readonly Change[],
  read: (key: string) => Uint8Array | undefined,
): readonly WholeChange[] {
  return changes.map(change => {
    const { key, bytes, tail } = change
    if (bytes === undefined || tail === undefined) return change
    const rest = tail instanceof Uint8Array ? tail : (read(tail.key)?.subarray(tail.from) ?? NOTHING)
    return { key, bytes: Buffer.concat([bytes, rest]) }
  })
}

const NOTHING = new Uint8Array(0)

import { type Difference, differencesOf } from './differences.ts'

/** The kept call that is most like the one that was asked for. */
export interface NearestCall {
  readonly args: readonly unknown[]
  /** At most 5, of which there is at least one. */
  readonly differences: readonly Difference[]
}

const MOST_SHOWN = 5
/** Beyond this many differences, two calls have nothing in common. */
const MOST_DIFFERENCES = 20

/** Of `kept`, the call that differs from `args` in the fewest places; of equal ones the first. */
export function nearestCall(
  args: readonly unknown[],
  kept: Iterable<readonly unknown[]>,
): NearestCall | undefined {
  let nearest: NearestCall | undefined
  let fewest = MOST_DIFFERENCES
  for (const candidate of kept) {
    const differences = differencesOf(candidate, args, { path: 'args', most: fewest + 1 })
    if (differences.length === 0 || differences.length > fewest) continue
    if (nearest !== undefined && differences.length === fewest) continue
    fewest = differences.length
    nearest = { args: candidate, differences: differences.slice(0, MOST_SHOWN) }
    if (fewest === 1) break
  }
  return nearest
}

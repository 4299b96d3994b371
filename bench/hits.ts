import { timed, timedAsync } from './rounds.ts'
import type { Bench, Contender } from './row.ts'
import { check, HEIGHT, type measure, type measureLater } from './shapes.ts'

const CALLS = 2_000
/** So many of them that what a round begins with, a collected heap and cold caches, does not count. */
const SYNC_CALLS = 20_000
/** Calls of so many different arguments, over and over. */
const ARGUMENTS = 100

/** How many calls are one round, of those that are slow. */
export function hitCalls(bench: Bench): number {
  return bench.scaled(CALLS, ARGUMENTS)
}

interface Labels extends Pick<Contender, 'aims' | 'note'> {
  readonly name: string
}

/** Hits of `fn`, whose results are made before. */
export function syncHits(bench: Bench, fn: typeof measure, labels: Labels): Contender {
  const calls = bench.scaled(SYNC_CALLS, ARGUMENTS)
  for (let width = 0; width < ARGUMENTS; width += 1) fn(width, HEIGHT)
  return {
    ...labels,
    operations: calls,
    round: () =>
      timed(() => {
        for (let call = 0; call < calls; call += 1) {
          const width = call % ARGUMENTS
          check(fn(width, HEIGHT), width, HEIGHT)
        }
      }),
  }
}

export async function asyncHits(bench: Bench, fn: typeof measureLater, labels: Labels): Promise<Contender> {
  const calls = hitCalls(bench)
  for (let width = 0; width < ARGUMENTS; width += 1) await fn(width, HEIGHT)
  return {
    ...labels,
    operations: calls,
    round: () =>
      timedAsync(async () => {
        for (let call = 0; call < calls; call += 1) {
          const width = call % ARGUMENTS
          check(await fn(width, HEIGHT), width, HEIGHT)
        }
      }),
  }
}

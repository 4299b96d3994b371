import { join } from 'node:path'
import { type Station, station } from '../entries.ts'
import { timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'

const FACTS = 10_000
const WINDOW = 100
const WARM_UPS = 10
/** Of the program that has come far: how many facts at a time it makes on the way there. */
const AT_ONCE = 500

/**
 * Two programs that only decorate, and never commit: one has just begun, the other is about to make its 10,000th fact.
 * They make their facts in turns, one a round, so that the disk is as slow for one as for the other.
 */
export const FACTS_ROWS: readonly Row[] = (['sync', 'async'] as const).map(kind => ({
  id: `facts-${kind}`,
  title: ({ scaled }) =>
    `A new fact of ${kind === 'sync' ? 'a sync' : 'an async'} function, ${scaled(FACTS).toLocaleString('en')} of them`,
  rounds: WINDOW,
  warmUps: WARM_UPS,
  async contenders(bench) {
    const far = Math.max(1, bench.scaled(FACTS) - WINDOW - WARM_UPS)
    return [
      await program(bench, { kind, from: 0 }),
      { ...(await program(bench, { kind, from: far })), aims: [{ times: 1.2 }] },
    ]
  },
}))

/** A program that has made `from` facts, and makes one more each round. */
async function program(
  { cachedict, folder }: Bench,
  { kind, from }: { readonly kind: 'sync' | 'async'; readonly from: number },
): Promise<Contender> {
  const path = join(folder, `${from}.cache`)
  // One body for both kinds: their facts lie in the store alike.
  const compute = (id: number): Station => station(id)
  const later = cachedict.decorate(async (id: number) => compute(id), { path, name: 'station' })
  const now = cachedict.decorate(compute, { path, name: 'station' })
  for (let id = 0; id < from; id += AT_ONCE) {
    const ids = Array.from({ length: Math.min(AT_ONCE, from - id) }, (_, index) => id + index)
    await Promise.all(ids.map(each => later(each)))
  }
  let next = from
  return {
    name: `facts ${(from + WARM_UPS).toLocaleString('en')} to ${(from + WARM_UPS + WINDOW).toLocaleString('en')}`,
    note: 'synced',
    round: () =>
      timedAsync(async () => {
        if (kind === 'sync') now(next)
        else await later(next)
        next += 1
      }),
  }
}

import { spawnSync } from 'node:child_process'
import type { Aim } from './aim.ts'
import type { Contender, Row } from './row.ts'

/** What one contender took per operation, round by round: milliseconds, or bytes. */
export interface Timings {
  readonly name: string
  readonly amounts: readonly number[]
  readonly aims?: readonly Aim[]
  readonly note?: string
}

/**
 * Measures the contenders in turns, so that whatever slows the machine down meanwhile slows all of them. Each round starts
 * with another contender, and each measurement with a collected heap: nobody pays for the garbage of the one before.
 */
export async function interleave(
  contenders: readonly Contender[],
  { rounds, warmUps, settles = false }: Pick<Row, 'rounds' | 'warmUps' | 'settles'>,
): Promise<readonly Timings[]> {
  const amounts = contenders.map((): number[] => [])
  for (let round = -warmUps; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (round + warmUps + turn) % contenders.length
      const contender = contenders[index]!
      if (isSpared(contender, round)) continue
      // Who syncs would have to wait for the bytes of those who do not. There is no such command on Windows.
      if (settles) spawnSync('sync')
      globalThis.gc?.()
      const took = await contender.round()
      if (round >= 0) amounts[index]!.push(took / (contender.operations ?? 1))
    }
  }
  return contenders.map(({ name, aims, note }, index) => ({
    name,
    amounts: amounts[index]!,
    ...(aims === undefined ? {} : { aims }),
    ...(note === undefined ? {} : { note }),
  }))
}

/** Who is measured less often is not warmed up more than once either. */
function isSpared({ rounds }: Contender, round: number): boolean {
  return rounds !== undefined && (rounds === 0 || round >= rounds || round < -1)
}

/** How long `work` takes, in milliseconds. */
export function timed(work: () => void): number {
  const startedMs = performance.now()
  work()
  return performance.now() - startedMs
}

export async function timedAsync(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

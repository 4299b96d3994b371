/*
 * The program that is measured: one row in a process of its own, in plain Node. `run.ts` starts it as
 * `node --expose-gc bench/dist/measure.js <row> <folder> <shared>` and takes its timings from the channel between them.
 */
import { loadCachedict } from './cachedict.ts'
import { interleave, type Timings } from './rounds.ts'
import type { Bench } from './row.ts'
import { ROWS } from './rows.ts'

/** What one row came to. */
export interface Measured {
  readonly title: string
  readonly timings: readonly Timings[]
}

const [, , id, folder, shared] = process.argv
const row = ROWS.find(each => each.id === id)
if (row === undefined || folder === undefined || shared === undefined)
  throw new Error(`There is no row ${id}.`)

const scale = Number(process.env.BENCH_SCALE ?? 1)
const bench: Bench = {
  cachedict: await loadCachedict(),
  folder,
  shared,
  scaled: (size, least = 1) => Math.max(least, Math.round(size * scale)),
}
const contenders = await row.contenders(bench)
const measured: Measured = { title: row.title(bench), timings: await interleave(contenders, row) }
for (const { end } of contenders) await end?.()
await bench.cachedict.close()
// Some peers keep timers.
process.send?.(measured, () => process.exit())

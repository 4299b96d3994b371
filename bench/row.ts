import type { Aim } from './aim.ts'
import type { Unit } from './amount.ts'
import type { Cachedict } from './cachedict.ts'

/** One table: one piece of work, done by several contenders. */
export interface Row {
  /** What `--only` picks it by: the whole id, or its beginning up to a dash. */
  readonly id: string
  readonly title: (bench: Bench) => string
  /** How often each contender is measured, after `warmUps` rounds that are not counted. */
  readonly rounds: number
  readonly warmUps: number
  /** Default `'time'`. */
  readonly unit?: Unit
  /** How the others stand to the first contender: so many times its median, or so much above it. Default `'times'`. */
  readonly compares?: Comparison
  /** Some contenders leave their bytes to the system: those are written out before the next one is measured. */
  readonly settles?: boolean
  /** The first one is what the others are compared with. */
  readonly contenders: (bench: Bench) => Promise<readonly Contender[]>
}

export type Comparison = 'times' | 'above'

export interface Contender {
  readonly name: string
  /** Does the work once, from the same start each time, and gives what it took: milliseconds, or bytes. */
  readonly round: () => number | Promise<number>
  /** How many operations are one round: figures are per operation. Default 1. */
  readonly operations?: number
  /** For the slow: it is measured in fewer rounds than the others. 0: it is named, and not measured. */
  readonly rounds?: number
  readonly aims?: readonly Aim[]
  /** What the reader has to know to compare fairly. */
  readonly note?: string
  readonly end?: () => void | Promise<void>
}

/** What rows work with. */
export interface Bench {
  readonly cachedict: Cachedict
  /** An empty folder of the row's own, on the disk that is measured. */
  readonly folder: string
  /** Beside it: what one row has prepared lies there for those that follow in the same run. */
  readonly shared: string
  /** `size` times BENCH_SCALE, and at least `least`. */
  scaled(size: number, least?: number): number
}

/** A contender that cannot be measured here: the table says why. */
export function absent(name: string, why: string): Contender {
  return { name, rounds: 0, round: () => Number.NaN, note: `not measured: ${why}` }
}

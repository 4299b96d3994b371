import { type Aim, judgeAim, type Outcome } from './aim.ts'
import type { Timings } from './rounds.ts'
import type { Comparison } from './row.ts'

/** What is printed of one contender; amounts are in the unit of the row, and NaN where it was not measured. */
export interface Figures {
  readonly name: string
  readonly median: number
  /** Half of its rounds lie between these. */
  readonly middle: readonly [number, number]
  /** Its median as a multiple of the first contender's, or what it is above it. */
  readonly compared: number
  readonly aims: readonly (readonly [aim: Aim, outcome: Outcome])[]
  readonly note: string
}

export function figuresOf(timings: readonly Timings[], compares: Comparison): readonly Figures[] {
  const medians = new Map(timings.map(({ name, amounts }) => [name, quantile(amounts, 0.5)]))
  const [reference = Number.NaN] = medians.values()
  return timings.map(({ name, amounts, aims = [], note = '' }) => {
    const median = quantile(amounts, 0.5)
    return {
      name,
      median,
      middle: [quantile(amounts, 0.25), quantile(amounts, 0.75)],
      compared: compares === 'times' ? median / reference : median - reference,
      aims: aims.map(aim => [aim, judgeAim(aim, median, medians)]),
      note,
    }
  })
}

/** Between the two nearest values, in proportion. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below + (above - below) * (at - Math.floor(at))
}

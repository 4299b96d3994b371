import type { Timings } from './rounds.ts'
import type { Comparison } from './row.ts'

/** What is printed of one contender. */
export interface Figures {
  readonly name: string
  readonly medianMs: number
  /** Half of its rounds lie between these. */
  readonly middleMs: readonly [number, number]
  /** Its median as a multiple of the first contender's, or the milliseconds above it. */
  readonly compared: number
  readonly aim: number | undefined
  readonly isMet: boolean | undefined
  readonly note: string
}

export function figuresOf(timings: readonly Timings[], compares: Comparison): readonly Figures[] {
  const reference = quantile(timings[0]?.ms ?? [], 0.5)
  return timings.map(({ name, ms, aim, note = '' }) => {
    const medianMs = quantile(ms, 0.5)
    const compared = compares === 'times' ? medianMs / reference : medianMs - reference
    return {
      name,
      medianMs,
      middleMs: [quantile(ms, 0.25), quantile(ms, 0.75)],
      compared,
      aim,
      isMet: aim === undefined ? undefined : compared <= aim,
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

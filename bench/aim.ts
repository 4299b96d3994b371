import { renderAmount, renderRatio, type Unit } from './amount.ts'

/**
 * The most that a median may be: so many times another contender's, so much above it, or so much by itself. Amounts are
 * in the unit of the row. The other is the first contender, or the one named `of`.
 */
export type Aim =
  | { readonly times: number; readonly of?: string }
  | { readonly above: number; readonly of?: string }
  | { readonly most: number }

/** `'unknown'`: the contender that it names was not measured here. */
export type Outcome = 'met' | 'MISSED' | 'unknown'

/** `medians` by the contenders' names, the first one first. */
export function judgeAim(aim: Aim, median: number, medians: ReadonlyMap<string, number>): Outcome {
  if ('most' in aim) return outcome(median, aim.most)
  const [first = Number.NaN] = medians.values()
  const other = aim.of === undefined ? first : (medians.get(aim.of) ?? Number.NaN)
  return outcome(median, 'times' in aim ? other * aim.times : other + aim.above)
}

export function renderAim(aim: Aim, unit: Unit): string {
  if ('most' in aim) return `≤ ${renderAmount(aim.most, unit)}`
  if ('times' in aim) return `≤ ${renderRatio(aim.times)}${aim.of === undefined ? '' : ` of ${aim.of}`}`
  const above = renderAmount(aim.above, unit)
  return aim.of === undefined ? `≤ ${above} above` : `≤ ${aim.of} + ${above}`
}

function outcome(median: number, limit: number): Outcome {
  if (Number.isNaN(limit) || Number.isNaN(median)) return 'unknown'
  return median <= limit ? 'met' : 'MISSED'
}

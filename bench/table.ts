import { type Figures, figuresOf } from './figures.ts'
import type { Measured } from './measure.ts'
import type { Comparison } from './row.ts'

const HEADINGS: readonly string[] = ['', 'median', 'middle half', '', 'aim', '']

/** One row as a table for a terminal: names to the left, figures to the right. */
export function renderTable({ title, timings }: Measured, compares: Comparison): string {
  const lines = [headings(compares), ...figuresOf(timings, compares).map(each => cells(each, compares))]
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map(line => line[column]!.length)))
  const rendered = lines.map(line =>
    line
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
  return [title, ...rendered].join('\n')
}

/** The same in Markdown, for docs/benchmarks.md. */
export function renderMarkdown({ title, timings }: Measured, compares: Comparison): string {
  const lines = figuresOf(timings, compares).map(each => cells(each, compares))
  const rule = HEADINGS.map((_, column) => (isText(column) ? '---' : '--:'))
  return [
    `### ${title}`,
    '',
    ...[headings(compares), rule, ...lines].map(line => `| ${line.join(' | ')} |`),
  ].join('\n')
}

function isText(column: number): boolean {
  return column === 0 || column === HEADINGS.length - 1
}

function headings(compares: Comparison): readonly string[] {
  return HEADINGS.with(3, compares === 'times' ? 'ratio' : 'above')
}

function cells(figures: Figures, compares: Comparison): readonly string[] {
  const { name, medianMs, middleMs, compared, aim, isMet, note } = figures
  const show = (value: number) => (compares === 'times' ? `${significant(value)}×` : `${value.toFixed(1)} ms`)
  const verdict = isMet === true ? 'met' : 'MISSED'
  return [
    name,
    duration(medianMs),
    middleMs.map(duration).join(' … '),
    show(compared),
    aim === undefined ? '' : `≤ ${show(aim)}: ${verdict}`,
    note,
  ]
}

/** Three digits, and the unit that suits them. */
function duration(ms: number): string {
  if (ms >= 1_000) return `${significant(ms / 1_000)} s`
  if (ms >= 1) return `${significant(ms)} ms`
  return ms >= 0.001 ? `${significant(ms * 1_000)} µs` : `${significant(ms * 1e6)} ns`
}

function significant(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}

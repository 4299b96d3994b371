import { renderAim } from './aim.ts'
import { renderAmount, renderRatio } from './amount.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Measured } from './measure.ts'
import type { Row } from './row.ts'

const HEADINGS: readonly string[] = ['', 'median', 'middle half', '', 'aim', '']

/** How the figures of a row are to be read. */
type Reading = Required<Pick<Row, 'unit' | 'compares'>>

/** One row as a table for a terminal: names to the left, figures to the right. */
export function renderTable({ title, timings }: Measured, row: Row): string {
  const reading = readingOf(row)
  const lines = [headings(reading), ...figuresOf(timings, reading.compares).map(each => cells(each, reading))]
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
export function renderMarkdown({ title, timings }: Measured, row: Row): string {
  const reading = readingOf(row)
  const lines = figuresOf(timings, reading.compares).map(each => cells(each, reading))
  const rule = HEADINGS.map((_, column) => (isText(column) ? '---' : '--:'))
  return [
    `### ${title}`,
    '',
    ...[headings(reading), rule, ...lines].map(line => `| ${line.join(' | ')} |`),
  ].join('\n')
}

function readingOf({ unit = 'time', compares = 'times' }: Row): Reading {
  return { unit, compares }
}

function isText(column: number): boolean {
  return column === 0 || column === HEADINGS.length - 1
}

function headings({ compares }: Reading): readonly string[] {
  return HEADINGS.with(3, compares === 'times' ? 'ratio' : 'above')
}

function cells(figures: Figures, { unit, compares }: Reading): readonly string[] {
  const { name, median, middle, compared, aims, note } = figures
  return [
    name,
    renderAmount(median, unit),
    Number.isNaN(median) ? '' : middle.map(each => renderAmount(each, unit)).join(' … '),
    compares === 'times' ? renderRatio(compared) : renderAmount(compared, unit),
    aims.map(([aim, outcome]) => `${renderAim(aim, unit)}: ${outcome}`).join('; '),
    note,
  ]
}

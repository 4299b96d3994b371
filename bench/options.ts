import { parseArgs } from 'node:util'
import type { Row } from './row.ts'

export interface Options {
  readonly rows: readonly Row[]
  readonly as: 'table' | 'markdown' | 'json'
  readonly help: boolean
}

/** Reads the command line. `TypeError`, with what to do, for anything that is not an option. */
export function parseOptions(args: readonly string[], rows: readonly Row[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      markdown: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const picks = (values.only ?? []).flatMap(text => text.split(','))
  for (const pick of picks) {
    if (!rows.some(row => isPicked(row, pick))) {
      throw new TypeError(`There is no row "${pick}". Rows: ${rows.map(({ id }) => id).join(', ')}.`)
    }
  }
  return {
    rows: picks.length === 0 ? rows : rows.filter(row => picks.some(pick => isPicked(row, pick))),
    as: values.json === true ? 'json' : values.markdown === true ? 'markdown' : 'table',
    help: values.help === true,
  }
}

function isPicked({ id }: Row, pick: string): boolean {
  return id === pick || id.startsWith(`${pick}-`)
}

export function renderHelp(rows: readonly Row[]): string {
  return `How fast is cachedict, and beside what people use instead?

  npm run bench                       everything; about fifteen minutes
  npm run bench -- --only commit,hit  these rows only; "codec" means every row that begins with codec-
  npm run bench -- --markdown         tables to paste into docs/benchmarks.md
  npm run bench -- --json             every single figure: milliseconds per operation, or bytes

The built package is measured, as its users get it, one row at a time in a Node process of its own. It is built
anew where dist/ is missing or older than lib/. The packages beside it are installed into bench/node_modules on
first use; one of them compiles SQLite, which takes a few minutes, once.

Python's joblib and diskcache take part where python3 has them, and never in CI.

In each table the first line is what the others are compared with, and an aim says what cachedict may take beside
it, beside another line, or by itself. "middle half": half of the rounds lie between these two. If they lie far
apart, something else was using the machine: measure again when it is quiet. docs/benchmarks.md says how
everything is measured.

Rows:
${rows.map(({ id }) => `  ${id}`).join('\n')}

Environment:
  BENCH_SCALE       a factor for all sizes: 0.02 shows within a minute whether everything works (default 1)
  BENCH_DIR         where the measured files lie; it decides what a sync costs (default bench/node_modules)
  BENCH_PYTHONPATH  where python3 finds joblib and diskcache (and numpy), if not by itself
`
}

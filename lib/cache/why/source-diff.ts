import { loadPackage } from '../../base/load-package.ts'

/** One state of a function's source. */
export interface Version {
  readonly source: string
  /** What the heading says of it. */
  readonly title: string
  /** In its file; 0: unknown. */
  readonly line: number
}

/** Beyond this, a line is the work of a compiler, and nobody reads it. */
const LONGEST_LINE = 120
const MOST_LINES = 40
const CONTEXT_LINES = 3

/**
 * What changed from one source to the other, as a unified diff of at most 40 lines, in the line numbers of the files. What
 * a compiler wrote on one long line is broken into statements first. Loads a package on first use.
 */
export function sourceDiff(before: Version, after: Version): string {
  const isLong = [before, after].some(({ source }) => source.split('\n').some(tooLong))
  const [old, now] = isLong ? [broken(before.source), broken(after.source)] : [before.source, after.source]
  const options = { context: CONTEXT_LINES }
  // That its text ends without a line break says nothing of a function.
  const patch = library().structuredPatch(
    before.title,
    after.title,
    `${old}\n`,
    `${now}\n`,
    undefined,
    undefined,
    options,
  )
  const hunks = patch.hunks.map(hunk => ({
    ...hunk,
    oldStart: hunk.oldStart + (isLong ? 0 : offsetOf(before)),
    newStart: hunk.newStart + (isLong ? 0 : offsetOf(after)),
  }))
  return shortened(
    library()
      .formatPatch({ ...patch, hunks }, library().FILE_HEADERS_ONLY)
      .trimEnd(),
  )
}

function library(): typeof import('diff') {
  return loadPackage('diff') as typeof import('diff')
}

function tooLong(line: string): boolean {
  return line.length > LONGEST_LINE
}

/** Where a statement or a block begins or ends; in strings too: this is for reading only. */
function broken(source: string): string {
  return source
    .replace(/[;{]|\}(?=[\w$])/g, '$&\n')
    .replace(/\}/g, '\n}')
    .replace(/\n{2,}/g, '\n')
    .split('\n')
    .map(line => line.trim())
    .join('\n')
}

function offsetOf({ line }: Version): number {
  return Math.max(0, line - 1)
}

function shortened(diff: string): string {
  const lines = diff.split('\n')
  if (lines.length <= MOST_LINES) return diff
  const left = lines.length - MOST_LINES + 1
  return [...lines.slice(0, MOST_LINES - 1), `… and ${left} more lines`].join('\n')
}

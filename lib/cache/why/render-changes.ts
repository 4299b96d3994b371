import type { CodeChange } from './code-changes.ts'

const MOST_CHANGES = 10

/** All changes in one phrase: the first of them, and how many there are more. */
export function summarizeChanges(changes: readonly CodeChange[]): string | undefined {
  const [first] = changes
  if (first === undefined) return undefined
  const others = changes.length - 1
  if (others === 0) return phraseOf(first)
  return `${phraseOf(first)}, and ${others} other ${others === 1 ? 'change' : 'changes'}`
}

/** At most ten of them, one a line, with their diffs. */
export function renderChanges(changes: readonly CodeChange[]): readonly string[] {
  const left = changes.length - MOST_CHANGES
  const lines = changes.slice(0, MOST_CHANGES).flatMap(renderChange)
  return left > 0 ? [...lines, `  … and ${left} more`] : lines
}

function renderChange(change: CodeChange): readonly string[] {
  const { kind, before, after, diff } = change
  const place = kind === 'function' && (after ?? before) ? ` (${after ?? before})` : ''
  const line = `  ${phraseOf(change)}${place}`
  return diff === undefined ? [line] : [`${line}:`, ...diff.split('\n').map(each => `    ${each}`)]
}

function phraseOf({ kind, path, before, after }: CodeChange): string {
  switch (kind) {
    case 'function':
      return `${path} was edited`
    case 'value':
      return before === after ? `${path} changed (${after})` : `${path}: ${before} → ${after}`
    case 'package':
      // The name is in both.
      return `${before} → ${after?.slice(after.lastIndexOf(' ') + 1)}`
    case 'added':
      return `${path} is new${after ? ` (${after})` : ''}`
    case 'removed':
      return `${path} is gone${before ? ` (${before})` : ''}`
  }
}

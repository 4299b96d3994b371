import { FINDINGS, type Finding, type FindingKind } from '../../fingerprint/findings.ts'

/** Something about a function that its user should know: it may make results wrong, or is not compared. */
export interface Note {
  /** Of `volatile`: an evaluation has changed it, so that it is not compared. */
  readonly kind: FindingKind | 'volatile'
  /** The way to it: `report > fetchRate > Date.now`. */
  readonly path: string
  readonly text: string
}

const MOST_NOTES = 5

/** The findings of a function, and the captured values at `volatile`, in words. */
export function notesOf(findings: readonly Finding[], volatile: readonly string[]): readonly Note[] {
  return [
    ...findings.map(({ kind, path }) => ({ kind, path, text: FINDINGS[kind] })),
    ...volatile.map(
      path => ({ kind: 'volatile', path, text: 'evaluating changes it, and it is not compared' }) as const,
    ),
  ]
}

/** At most five of them, one a line. */
export function renderNotes(notes: readonly Note[]): readonly string[] {
  const lines = notes.slice(0, MOST_NOTES).map(({ path, text }) => `Note: ${path}: ${text}.`)
  const left = notes.length - MOST_NOTES
  return left > 0 ? [...lines, `Note: ${left} more; \`details.findings\` has all of them.`] : lines
}

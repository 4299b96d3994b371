import { REASONS } from '../../base/reason.ts'
import { codeDigestOf, volatileIn } from '../../entries/code-version.ts'
import type { Verdict } from '../../entries/verdict.ts'
import type { Part } from '../../fingerprint/part.ts'
import type { Evidence } from './evidence.ts'
import type { Explanation } from './explanation.ts'
import { type Note, notesOf, renderNotes } from './notes.ts'
import { renderMs, renderTime } from './render-time.ts'
import { storyOf } from './story.ts'

/** Explains a verdict: the one that decides, or would decide, whether the call is evaluated. */
export function explain(verdict: Verdict, evidence: Evidence): Explanation {
  const story = verdict.hit ? {} : storyOf(verdict, evidence)
  const findings = findingsOf(verdict, evidence)
  const details = {
    call: evidence.call,
    place: evidence.place,
    ...entryDetails(verdict),
    ...story.details,
    ...(findings.length === 0 ? {} : { findings }),
  }
  const { call, place } = evidence
  const first = verdict.hit
    ? `${call} hits in ${place}: it was ${keptWhen(verdict)}${savingOf(verdict)}.`
    : sentences(
        `${call} misses in ${place}: ${REASONS[verdict.because]}${story.phrase === undefined ? '' : `: ${story.phrase}`}.`,
        story.sentence,
        verdict.entry && `It was ${keptWhen(verdict)}.`,
      )
  const text = [first, ...(story.lines ?? []), ...renderNotes(findings)].join('\n')
  return Object.freeze({
    hit: verdict.hit,
    ...(verdict.hit ? {} : { because: verdict.because }),
    details: Object.freeze(details),
    text,
  })
}

/** Explains a call that cannot have a key. */
export function explainUnkeyable(
  call: string,
  place: string,
  message: string,
  path: string | undefined,
): Explanation {
  const text = `${call} misses in ${place}: ${REASONS.unkeyable}. ${message}`
  return Object.freeze({
    hit: false,
    because: 'unkeyable',
    details: { call, place, ...(path === undefined ? {} : { path }) },
    text,
  })
}

function entryDetails({ entry }: Verdict): Partial<Explanation['details']> {
  if (entry === undefined) return {}
  const { createdAtMs, costMs, codeVersion, name, expiresAtMs } = entry
  return {
    createdAtMs,
    costMs,
    codeVersion,
    madeBy: name,
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  }
}

/** Values that are volatile in what is kept are named by the parts of now: of other code, nobody knows which they are. */
function findingsOf({ entry }: Verdict, { program }: Evidence): readonly Note[] {
  if (program === undefined) return []
  const isComparable = entry !== undefined && codeDigestOf(entry) === program.version.code
  const volatile = isComparable ? volatileIn(entry) : []
  const values = volatile.length === 0 ? [] : program.parts().filter(isValue)
  return notesOf(
    program.findings,
    volatile.flatMap(({ index, paths = [[]] }) => {
      const path = values[index]?.path
      return path === undefined ? [] : paths.map(properties => [path, ...properties].join('.'))
    }),
  )
}

function isValue(part: Part): boolean {
  return part.kind === 'value'
}

function keptWhen({ entry }: Verdict): string {
  return `kept on ${renderTime(entry?.createdAtMs ?? Number.NaN)}`
}

function savingOf({ entry }: Verdict): string {
  return entry === undefined || entry.costMs === 0 ? '' : ` and saves ${renderMs(entry.costMs)}`
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined).join(' ')
}

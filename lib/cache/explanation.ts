import { REASONS, type Reason } from '../base/reason.ts'
import type { Verdict } from '../entries/verdict.ts'

/** Why a call hits, or why it does not: data first, and a sentence for people. */
export interface Explanation {
  readonly hit: boolean
  readonly because?: Reason
  readonly details: {
    /** The call: `area(3, 4)`. */
    readonly call: string
    /** Where it was looked for. */
    readonly place: string
    readonly createdAtMs?: number
    readonly expiresAtMs?: number
    readonly costMs?: number
    readonly codeVersion?: string
    /** When what was kept was removed to make room. */
    readonly evictedAtMs?: number
    /** The function that made what is kept. */
    readonly madeBy?: string
    /** Where the call has no key: which argument is at fault. */
    readonly path?: string
  }
  readonly text: string
}

/** Explains a verdict: the one that decides, or would decide, whether the call is evaluated. */
export function explain(verdict: Verdict, call: string, place: string): Explanation {
  const entry = verdict.entry
  const details = {
    call,
    place,
    ...(entry && {
      createdAtMs: entry.createdAtMs,
      costMs: entry.costMs,
      codeVersion: entry.codeVersion,
      madeBy: entry.name,
      ...(entry.expiresAtMs === undefined ? {} : { expiresAtMs: entry.expiresAtMs }),
    }),
    ...(verdict.hit || verdict.evictedAtMs === undefined ? {} : { evictedAtMs: verdict.evictedAtMs }),
  }
  if (verdict.hit) {
    const saves =
      details.costMs === undefined || details.costMs === 0 ? '' : ` and saves ${renderMs(details.costMs)}`
    const text = `${call} hits in ${place}: it was kept on ${renderTime(details.createdAtMs)}${saves}.`
    return Object.freeze({ hit: true, details, text })
  }
  const when = details.createdAtMs === undefined ? '' : ` It was kept on ${renderTime(details.createdAtMs)}.`
  const text = `${call} misses in ${place}: ${REASONS[verdict.because]}.${specifics(verdict.because, details)}${when}`
  return Object.freeze({ hit: false, because: verdict.because, details, text })
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

function specifics(because: Reason, details: Explanation['details']): string {
  if (because === 'another-function') return ` The one there is called ${details.madeBy}.`
  if (because === 'evicted' && details.evictedAtMs !== undefined)
    return ` That was on ${renderTime(details.evictedAtMs)}.`
  if (because !== 'expired' || details.expiresAtMs === undefined) return ''
  return ` It expired on ${renderTime(details.expiresAtMs)}.`
}

function renderTime(ms: number | undefined): string {
  return ms === undefined ? 'an unknown day' : new Date(ms).toISOString().replace('T', ' ').slice(0, 19)
}

function renderMs(ms: number): string {
  if (ms < 1_000) return `${ms.toPrecision(2)} ms`
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`
}

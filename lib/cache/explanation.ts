import { REASONS, type Reason } from '../base/reason.ts'
import type { Dependency } from '../entries/made-of.ts'
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
    /** What of that which it was made of has changed: the user's key, or the name of a function. */
    readonly dependency?: string
    /** Which captured values have changed, by their places. */
    readonly changedValues?: readonly number[]
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
    ...(verdict.hit ? {} : detailsOf(verdict)),
  }
  if (verdict.hit) {
    const saves =
      details.costMs === undefined || details.costMs === 0 ? '' : ` and saves ${renderMs(details.costMs)}`
    const text = `${call} hits in ${place}: it was kept on ${renderTime(details.createdAtMs)}${saves}.`
    return Object.freeze({ hit: true, details, text })
  }
  const when = details.createdAtMs === undefined ? '' : ` It was kept on ${renderTime(details.createdAtMs)}.`
  const text = `${call} misses in ${place}: ${REASONS[verdict.because]}.${specifics(verdict, details)}${when}`
  return Object.freeze({ hit: false, because: verdict.because, details, text })
}

function detailsOf(verdict: Exclude<Verdict, { readonly hit: true }>): Partial<Explanation['details']> {
  const { evictedAtMs, changedValues, dependency } = verdict
  return {
    ...(evictedAtMs === undefined ? {} : { evictedAtMs }),
    ...(changedValues === undefined ? {} : { changedValues }),
    ...(dependency === undefined ? {} : { dependency: nameOf(dependency) }),
  }
}

function nameOf({ kind, text }: Dependency): string {
  if (kind === 'keys') return 'the list of keys'
  return kind === 'everything' ? 'all keys and values' : text
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

function specifics(
  { because, dependency, refusal }: Exclude<Verdict, { readonly hit: true }>,
  details: Explanation['details'],
): string {
  if (refusal !== undefined) return ` ${refusal}`
  if (dependency !== undefined) return ` It was made of ${titleOf(dependency)}.`
  if (because === 'another-function') return ` The one there is called ${details.madeBy}.`
  if (because === 'evicted' && details.evictedAtMs !== undefined)
    return ` That was on ${renderTime(details.evictedAtMs)}.`
  if (because !== 'expired' || details.expiresAtMs === undefined) return ''
  return ` It expired on ${renderTime(details.expiresAtMs)}.`
}

function titleOf(dependency: Dependency): string {
  const { kind, place } = dependency
  const name = nameOf(dependency)
  const what = kind === 'key' ? `the value of ${name}` : kind === 'function' ? `what ${name} gives` : name
  return place === '' || place === '.' ? what : `${what} in ${place}`
}

function renderTime(ms: number | undefined): string {
  return ms === undefined ? 'an unknown day' : new Date(ms).toISOString().replace('T', ' ').slice(0, 19)
}

function renderMs(ms: number): string {
  if (ms < 1_000) return `${ms.toPrecision(2)} ms`
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`
}

import type { Reason } from '../base/reason.ts'
import { type CodeVersion, judgeCodeVersion } from './code-version.ts'
import type { Entry } from './entry.ts'
import { expiryOf } from './expiry.ts'

/** Whether a kept result may be recalled. `entry` of a miss: what was looked at, as far as it could be read. */
export type Verdict =
  | { readonly hit: true; readonly entry: Entry }
  | { readonly hit: false; readonly because: Reason; readonly entry?: Entry }

/** What is asked for, and when. */
export interface Asked {
  /** '' asks for results of any function. */
  readonly name: string
  /** undefined asks for results of any code. */
  readonly code: CodeVersion | undefined
  readonly nowMs: number
  /** The current time to live of values and of errors, in milliseconds; undefined: no bound. */
  readonly ttlMs: number | undefined
  readonly errorTtlMs: number | undefined
  /** Whether a kept error counts. */
  readonly errors: boolean
}

/** Judges one entry. Pure: what it may depend on is in `asked`. */
export function judge(entry: Entry, asked: Asked): Verdict {
  const because =
    judgeName(entry, asked) ??
    judgeCodeVersion(entry.codeVersion, asked.code) ??
    judgeTime(entry, asked) ??
    (entry.status === 'error' && !asked.errors ? 'rejected' : undefined)
  return because === undefined ? { hit: true, entry } : miss(because, entry)
}

export function miss(because: Reason, entry?: Entry): Exclude<Verdict, { readonly hit: true }> {
  return entry === undefined ? { hit: false, because } : { hit: false, because, entry }
}

function judgeName(entry: Entry, { name }: Asked): Reason | undefined {
  return entry.name === '' || name === '' || entry.name === name ? undefined : 'another-function'
}

function judgeTime(entry: Entry, { nowMs, ttlMs, errorTtlMs }: Asked): Reason | undefined {
  const expiresAtMs = expiryOf(entry, entry.status === 'error' ? errorTtlMs : ttlMs)
  // Made in the future: a clock was wrong, then or now, and its age cannot be told.
  return nowMs < expiresAtMs && entry.createdAtMs <= nowMs ? undefined : 'expired'
}

import type { Reason } from '../base/reason.ts'
import { type CodeVersion, changedValues, judgeCodeVersion } from './code-version.ts'
import type { Entry, EntryHead } from './entry.ts'
import { expiryOf } from './expiry.ts'
import type { Dependency } from './made-of.ts'

/** Whether a kept result may be recalled. `entry` of a miss: what was looked at, as far as it could be read. */
export type Verdict =
  | { readonly hit: true; readonly entry: Entry }
  | {
      readonly hit: false
      readonly because: Reason
      readonly entry?: Entry
      /** Of what was removed to make room: when. */
      readonly evictedAtMs?: number
      /** Of changed code: which of the captured values are not what they were, by their places among those asked for. */
      readonly changedValues?: readonly number[]
      /** Of a changed dependency: which one, where it was noted while the result was evaluated. */
      readonly dependency?: Dependency
      /** By what it was rejected: by the user, or because it could not be read back. */
      readonly rejectedBy?: 'validIf' | 'codec'
      /** Of what cannot be kept: why. */
      readonly refusal?: string
    }

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
  const because = judgeHead(entry, asked)
  if (because === undefined) return { hit: true, entry }
  if (because !== 'code-changed' || asked.code === undefined) return miss(because, entry)
  const changed = changedValues(entry, asked.code)
  return changed.length === 0 ? miss(because, entry) : { ...miss(because, entry), changedValues: changed }
}

/** Whether an entry would be recalled, as far as its head tells. */
export function isCurrent(head: EntryHead, asked: Asked): boolean {
  return judgeHead(head, asked) === undefined
}

export function miss(because: Reason, entry?: Entry): Exclude<Verdict, { readonly hit: true }> {
  return entry === undefined ? { hit: false, because } : { hit: false, because, entry }
}

function judgeHead(head: EntryHead, asked: Asked): Reason | undefined {
  return (
    judgeName(head, asked) ??
    judgeCodeVersion(head, asked.code) ??
    judgeTime(head, asked) ??
    (head.status === 'error' && !asked.errors ? 'rejected' : undefined)
  )
}

function judgeName(entry: EntryHead, { name }: Asked): Reason | undefined {
  return entry.name === '' || name === '' || entry.name === name ? undefined : 'another-function'
}

function judgeTime(entry: EntryHead, { nowMs, ttlMs, errorTtlMs }: Asked): Reason | undefined {
  const expiresAtMs = expiryOf(entry, entry.status === 'error' ? errorTtlMs : ttlMs)
  // Made in the future: a clock was wrong, then or now, and its age cannot be told.
  return nowMs < expiresAtMs && entry.createdAtMs <= nowMs ? undefined : 'expired'
}

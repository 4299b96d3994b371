import type { Verdict } from '../entries/verdict.ts'
import type { Flags } from './access.ts'
import type { Call, Shelf } from './call.ts'

export type Miss = Exclude<Verdict, { readonly hit: true }>

/** A call that was not found, and why. */
export interface MissedCall {
  readonly shelf: Shelf
  readonly call: Call
  readonly access: Flags
  readonly verdict: Miss
  /** Whether what it gives may be kept, as far as the access allows it. */
  readonly keeps: boolean
  /** The function, by name and code; captured values do not count. */
  readonly maker: string
  readonly id: string
  /** The calls of which it is a part. */
  readonly inside: readonly string[]
  readonly startedMs: number
}

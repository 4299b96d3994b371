import type { Reason } from '../../base/reason.ts'
import type { CodeChange } from './code-changes.ts'
import type { NearestCall } from './nearest-call.ts'
import type { Note } from './notes.ts'

/** Why a call hits, or why it does not: data first, and sentences for people. */
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
    /** What expired: the time for which it was kept, or its age by the `ttl` of now. */
    readonly expiredBy?: 'kept' | 'ttl'
    /** By what it was rejected: `validIf`, the option `errors`, or the codec, which could not read it back. */
    readonly rejectedBy?: 'validIf' | 'errors' | 'codec'
    readonly costMs?: number
    readonly codeVersion?: string
    /** When what was kept was removed to make room. */
    readonly evictedAtMs?: number
    /** The function that made what is kept. */
    readonly madeBy?: string
    /** What in the program is not what it was, where that is known. */
    readonly changes?: readonly CodeChange[]
    /** What of that which it was made of has changed: the user's key, or the name of a function. */
    readonly dependency?: string
    /** Of what is absent: the kept call that is most like it, and where it differs. */
    readonly nearest?: NearestCall
    /** What was noticed about the function that may make its results wrong, or that is not compared. */
    readonly findings?: readonly Note[]
    /** Where the call has no key: which argument is at fault. */
    readonly path?: string
  }
  /** The first line is the whole story; what it is about follows on others. */
  readonly text: string
}

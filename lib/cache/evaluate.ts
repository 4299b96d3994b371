import { isPromiseLike, type MaybePromise } from '../base/maybe-promise.ts'
import type { Reason } from '../base/reason.ts'
import type { Flags } from './access.ts'
import type { Call, Shelf } from './call.ts'
import { newEvaluation, runTracked } from './evaluation.ts'
import { keepError, keepValue, type Outcome } from './keep.ts'
import { noteNature } from './natures.ts'
import { reportDamage } from './report-damage.ts'

/** A call that was not found, and why. */
export interface MissedCall {
  readonly shelf: Shelf
  readonly call: Call
  readonly access: Flags
  readonly because: Reason
  /** The function, by name and code. */
  readonly maker: string
  readonly id: string
  /** The calls of which it is a part. */
  readonly inside: readonly string[]
  readonly startedMs: number
}

/** Runs the function, keeps what it gives as far as that is wanted, and lets go of the lease when that is durable. */
export function evaluate(miss: MissedCall, release: (soon?: 'soon') => void): MaybePromise<Outcome> {
  const { shelf, call, access, maker, id } = miss
  reportMiss(miss)
  const evaluation = newEvaluation(shelf.store, id)
  const begunAtMs = Date.now()
  const startedMs = performance.now()
  const overheadMs = startedMs - miss.startedMs
  const done = (promise: boolean, failed: boolean) => {
    const costMs = performance.now() - startedMs
    shelf.report('evaluated', call, { costMs, failed })
    return { begunAtMs, costMs, overheadMs, promise, usedUntilMs: evaluation.expiresAtMs }
  }
  let raw: unknown
  try {
    raw = runTracked(evaluation, call.evaluate)
  } catch (error) {
    keepError(shelf, call, access, error, done(false, true))
    release()
    throw error
  }
  noteNature(maker, isPromiseLike(raw))
  if (!isPromiseLike(raw)) {
    try {
      // Kept synchronously, so that there is no promise here.
      return keepValue(shelf, call, access, raw, done(false, false)) as Outcome
    } finally {
      release()
    }
  }
  const kept = Promise.resolve(raw).then(
    async value => keepValue(shelf, call, access, value, done(true, false)),
    async (error: unknown): Promise<Outcome> => {
      await keepError(shelf, call, access, error, done(true, true))
      return { failed: true, error }
    },
  )
  return kept.finally(() => release('soon'))
}

/** Tells that a call missed, and, where that was the reason, what is damaged. */
export function reportMiss({ shelf, call, because }: MissedCall): void {
  shelf.report('miss', call, { because })
  if (because === 'corrupt') reportDamage(shelf, call)
}

import { isPromiseLike, type MaybePromise } from '../base/maybe-promise.ts'
import { newEvaluation, runTracked } from './evaluation.ts'
import { keepError, keepValue, type Outcome } from './keep.ts'
import type { MissedCall } from './missed-call.ts'
import { noteNature } from './natures.ts'
import { noteErrorExpiry, noteResult, sourceOf } from './note-result.ts'
import { reportDamage } from './report-damage.ts'
import { explainCall } from './why/explain-call.ts'
import { logMiss } from './why/log-miss.ts'

/** Runs the function, keeps what it gives as far as that is wanted, and lets go of the lease when that is durable. */
export function evaluate(miss: MissedCall, release: (soon?: 'soon') => void): MaybePromise<Outcome> {
  const { shelf, call, access, maker, id } = miss
  reportMiss(miss)
  const evaluation = newEvaluation(shelf.store, id, { own: sourceOf(shelf), storeKey: call.storeKey })
  const changes = miss.keeps && access.write ? call.program.watch() : () => []
  const begunAtMs = Date.now()
  const startedMs = performance.now()
  const overheadMs = startedMs - miss.startedMs
  const done = (promise: boolean, failed: boolean) => {
    const costMs = performance.now() - startedMs
    shelf.report('evaluated', call, { costMs, failed })
    const { expiresAtMs: usedUntilMs, reads } = evaluation
    return { begunAtMs, startedMs, costMs, overheadMs, promise, usedUntilMs, madeOf: reads.madeOf(), changes }
  }
  let raw: unknown
  try {
    raw = runTracked(evaluation, call.evaluate)
  } catch (error) {
    keepError(miss, error, done(false, true))
    release()
    noteResult(shelf, call, undefined)
    noteErrorExpiry(call.settings)
    throw error
  }
  noteNature(maker, isPromiseLike(raw))
  if (!isPromiseLike(raw)) {
    try {
      // Kept synchronously, so that there is no promise here.
      return keepValue(miss, raw, done(false, false)) as Outcome
    } finally {
      release()
    }
  }
  const kept = Promise.resolve(raw).then(
    async value => keepValue(miss, value, done(true, false)),
    async (error: unknown): Promise<Outcome> => {
      const evaluated = done(true, true)
      await keepError(miss, error, evaluated)
      return { failed: true, error, madeOf: evaluated.madeOf }
    },
  )
  return kept.finally(() => release('soon'))
}

/** Tells that a call missed, and, where that was the reason, what is damaged. */
export function reportMiss({ shelf, call, verdict }: MissedCall): void {
  const { because } = verdict
  shelf.report('miss', call, { because })
  logMiss(() => explainCall(shelf, call, verdict))
  if (because === 'corrupt') reportDamage(shelf, call)
}

import { AsyncLocalStorage } from 'node:async_hooks'
import { isPromiseLike } from '../base/maybe-promise.ts'
import type { Store } from '../stores/store.ts'

/** One run of a user's function, and the one inside which it was called. */
export interface Evaluation {
  readonly store: Store
  /** Which call, among those of the store. */
  readonly id: string
  readonly parent: Evaluation | undefined
  /** When the first of the results that it has used so far expires. */
  expiresAtMs: number
}

const running = new AsyncLocalStorage<Evaluation>()
let open = 0

/**
 * Runs `fn`, so that the results that it uses, across its awaits too, are known to belong to it. While nothing is being
 * evaluated, nothing is tracked: tracking makes every `await` of the process slower.
 */
export function runTracked(evaluation: Evaluation, fn: () => unknown): unknown {
  open += 1
  let result: unknown
  try {
    result = running.run(evaluation, fn)
  } catch (error) {
    end()
    throw error
  }
  if (!isPromiseLike(result)) end()
  else Promise.resolve(result).then(end, end)
  return result
}

export function newEvaluation(store: Store, id: string): Evaluation {
  return { store, id, parent: current(), expiresAtMs: Number.POSITIVE_INFINITY }
}

/** Says that the evaluation under way, if there is one, uses a result that expires then. */
export function noteExpiry(expiresAtMs: number | undefined): void {
  const evaluation = current()
  if (evaluation === undefined || expiresAtMs === undefined) return
  evaluation.expiresAtMs = Math.min(evaluation.expiresAtMs, expiresAtMs)
}

/** The calls on `store` that are being evaluated and of which the caller is a part: waiting for one of them would never end. */
export function enclosing(store: Store): readonly string[] {
  const ids: string[] = []
  for (let at = current(); at !== undefined; at = at.parent) if (at.store === store) ids.push(at.id)
  return ids
}

function current(): Evaluation | undefined {
  return open === 0 ? undefined : running.getStore()
}

function end(): void {
  open -= 1
  if (open === 0) running.disable()
}

import { AsyncLocalStorage } from 'node:async_hooks'
import { isPromiseLike } from '../base/maybe-promise.ts'
import { useOfFile } from '../entries/used-file.ts'
import type { Store } from '../stores/store.ts'
import { type Called, type Read, Reads } from './reads.ts'
import type { Source } from './surroundings.ts'

/** One run of a user's function, and the one inside which it was called. */
export interface Evaluation {
  readonly store: Store
  /** Which call, among those of the store. */
  readonly id: string
  readonly parent: Evaluation | undefined
  /** What it has read and called so far. */
  readonly reads: Reads
  /** When the first of the results that it has used so far expires. */
  expiresAtMs: number
}

const running = new AsyncLocalStorage<Evaluation>()
let open = 0

/** Files are read through no dictionary. */
const FILES: Source = { placeId: 'files', view: undefined }

/**
 * Runs `fn`, so that the results that it uses, across its awaits too, are known to belong to it. While nothing is being
 * evaluated, nothing is tracked: tracking makes every `await` of the process slower.
 */
export function runTracked(evaluation: Evaluation, fn: () => unknown): unknown {
  open += 1
  let result: unknown
  try {
    result = running.run(evaluation, () => asPromise(fn()))
  } catch (error) {
    end()
    throw error
  }
  if (!isPromiseLike(result)) end()
  else result.then(end, end)
  return result
}

/** Something that may begin its work when it is asked for the result, each time anew, is asked once. */
function asPromise(result: unknown): unknown {
  return isPromiseLike(result) ? Promise.resolve(result) : result
}

/** An evaluation whose result will lie under `storeKey` in the dictionary, or among the results, of `own`. */
export function newEvaluation(
  store: Store,
  id: string,
  { own, storeKey }: { readonly own: Source; readonly storeKey: string },
): Evaluation {
  const reads = new Reads(own, storeKey)
  return { store, id, parent: current(), reads, expiresAtMs: Number.POSITIVE_INFINITY }
}

/** Whether what is read now belongs to an evaluation: else nothing need be noted. */
export function isTracked(): boolean {
  return open !== 0 && running.getStore() !== undefined
}

/** Says that the evaluations under way, if there are any, use a result that expires then. */
export function noteExpiry(expiresAtMs: number | undefined): void {
  const evaluation = current()
  if (evaluation === undefined || expiresAtMs === undefined) return
  evaluation.expiresAtMs = Math.min(evaluation.expiresAtMs, expiresAtMs)
}

/** Says what the evaluations under way have read. Their results depend on it. */
export function noteRead(read: Read): void {
  for (let at = current(); at !== undefined; at = at.parent) at.reads.add(read)
}

/** Says which file the evaluations under way have read, or are about to read. */
export function noteFile(path: string): void {
  if (isTracked()) noteRead({ source: FILES, ...useOfFile(path) })
}

/** The same of a listing. `seen` gives it without some keys: where the results of those will lie that are being evaluated. */
export function noteListing(
  source: Source,
  what: 'keys' | 'everything',
  seen: (without: readonly string[]) => Pick<Read, 'stamp' | 'digest'>,
): void {
  const without: string[] = []
  for (let at = current(); at !== undefined; at = at.parent) {
    const key = at.reads.keyIn(source)
    if (key !== undefined && !without.includes(key)) without.push(key)
    at.reads.add({ source, what, key: without.join('\n'), label: '', codeVersion: '', ...seen(without) })
  }
}

/** Says that the evaluations under way have put something there, or removed it: what they read there next is their own. */
export function noteWrite(source: Source, storeKey: string): void {
  for (let at = current(); at !== undefined; at = at.parent) at.reads.addWrite(source, storeKey)
}

/** Says which cached function the evaluations under way have called. */
export function noteCall(call: Called): void {
  for (let at = current(); at !== undefined; at = at.parent) at.reads.addCall(call)
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

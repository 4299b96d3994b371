import { CacheError, isCacheError } from '../base/errors.ts'
import { attempt, isPromiseLike } from '../base/maybe-promise.ts'
import { REASONS, type Reason } from '../base/reason.ts'
import { renderCodeVersion } from '../entries/code-version.ts'
import type { Entry } from '../entries/entry.ts'
import { expiryOf } from '../entries/expiry.ts'
import { miss, type Verdict } from '../entries/verdict.ts'
import { degrade } from '../events/degrade.ts'
import { accessNow, type Flags } from './access.ts'
import { type Call, type Shelf, textOf } from './call.ts'
import { isInside, newEvaluation, noteExpiry, runTracked } from './evaluation.ts'
import { flightOf, startFlight } from './flights.ts'
import { keepError, keepValue, type Outcome } from './keep.ts'
import { look } from './look.ts'
import { reportDamage } from './report-damage.ts'

/**
 * The one algorithm of this library: read, else evaluate, then write, each as far as the access allows. The result comes
 * as the function gave it, now or earlier: a value, a promise, a throw. Throws ERR_CACHE_MISS where it would have to
 * evaluate and may not.
 */
export function recall(shelf: Shelf, call: Call): unknown {
  const startedMs = performance.now()
  const access = accessNow(call.settings.access)
  if (call.refresh || !access.read) return onMiss(shelf, call, access, miss('not-readable'), startedMs)
  return attempt(
    () => look(shelf, call),
    found => {
      if (found.verdict.hit) return onHit(shelf, call, found.verdict.entry, found.value, startedMs)
      return onMiss(shelf, call, access, found.verdict, startedMs)
    },
    error => {
      if (call.settings.strict || !isCacheError(error)) throw error
      degrade(`read ${shelf.place}`, `${error.message} Results are computed instead.`, error)
      return onMiss(shelf, call, access, miss('absent'), startedMs)
    },
  )
}

type Miss = Exclude<Verdict, { readonly hit: true }>

function onHit(
  shelf: Shelf,
  call: Call,
  entry: Entry,
  value: unknown,
  startedMs: number,
  joined = false,
): unknown {
  noteExpiry(expiryOf(entry, call.settings.ttlMs))
  const overheadMs = performance.now() - startedMs
  shelf.report('hit', call, { savedMs: entry.costMs, overheadMs, joined })
  if (entry.status === 'error') {
    if (entry.promise) return Promise.reject(value)
    throw value
  }
  return entry.promise ? Promise.resolve(value) : value
}

function onMiss(shelf: Shelf, call: Call, access: Flags, { because }: Miss, startedMs: number): unknown {
  // Other code gives other results: nobody waits for those.
  const id = `${call.storeKey}\n${call.settings.name}\n${renderCodeVersion(call.code())}`
  const joins = access.evaluate && access.read && !call.refresh
  const flight = joins ? flightOf<Outcome>(shelf.store, id) : undefined
  if (flight !== undefined && isInside(shelf.store, id)) throw recursionError(call.title())
  if (flight !== undefined) return join(shelf, call, { flight, because }, startedMs)
  shelf.report('miss', call, { because })
  if (because === 'corrupt') reportDamage(shelf, call)
  if (!access.evaluate) throw missError(call.title(), shelf.place, because, access)
  return evaluate(shelf, call, access, { id, joins, overheadMs: performance.now() - startedMs })
}

/** Waits for an evaluation that is under way, and takes what it gives: a value of one's own, where it was kept. */
async function join(
  shelf: Shelf,
  call: Call,
  { flight, because }: { readonly flight: Promise<Outcome>; readonly because: Reason },
  startedMs: number,
): Promise<unknown> {
  const outcome = await unlessAborted(flight, call.signal)
  if (outcome.failed || outcome.entry === undefined) {
    shelf.report('miss', call, { because })
    if (outcome.failed) throw outcome.error
    return outcome.value
  }
  return onHit(shelf, call, outcome.entry, open(shelf, call, outcome.entry, outcome.value), startedMs, true)
}

function evaluate(
  shelf: Shelf,
  call: Call,
  access: Flags,
  { id, joins, overheadMs }: { readonly id: string; readonly joins: boolean; readonly overheadMs: number },
): unknown {
  const evaluation = newEvaluation(shelf.store, id)
  const begunAtMs = Date.now()
  const startedMs = performance.now()
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
    throw error
  }
  if (!isPromiseLike(raw)) {
    const outcome = keepValue(shelf, call, access, raw, done(false, false))
    // Kept synchronously, so that there is no promise here.
    return deliver(shelf, call, outcome as Outcome)
  }
  const outcome = Promise.resolve(raw).then(
    async value => keepValue(shelf, call, access, value, done(true, false)),
    async (error: unknown): Promise<Outcome> => {
      await keepError(shelf, call, access, error, done(true, true))
      return { failed: true, error }
    },
  )
  if (joins) startFlight(shelf.store, id, outcome)
  return outcome.then(result => deliver(shelf, call, result))
}

function deliver(shelf: Shelf, call: Call, outcome: Outcome): unknown {
  if (outcome.failed) throw outcome.error
  if (outcome.entry === undefined) return outcome.value
  noteExpiry(outcome.entry.expiresAtMs)
  return open(shelf, call, outcome.entry, outcome.value)
}

/** What a hit will give is given now too: no result differs because it came from the cache. */
function open(shelf: Shelf, call: Call, entry: Entry, value: unknown): unknown {
  try {
    const own = { ...entry, value: new Uint8Array(entry.value) }
    return shelf.open(own, call.storeKey, call.settings.codec)
  } catch (error) {
    if (call.settings.strict) throw error
    degrade(
      `open ${call.settings.name} ${textOf(error)}`,
      `The result of ${call.title()} was kept, but could not be read back: ${textOf(error)}`,
      error,
    )
    return value
  }
}

export function missError(title: string, place: string, because: Reason, access: Flags): CacheError {
  const had = `${access.read ? 'r' : ''}${access.evaluate ? 'e' : ''}${access.write ? 'w' : ''}`
  const what = access.read
    ? `Nothing that may be recalled is kept for ${title} in ${place} (${REASONS[because]})`
    : `${title} may not be read from ${place}`
  return new CacheError(
    'ERR_CACHE_MISS',
    `${what}, and access "${had}" does not allow evaluating it. Add "e".`,
    {
      details: { because, access: had },
    },
  )
}

function recursionError(title: string): CacheError {
  return new CacheError(
    'ERR_CACHE_RECURSION',
    `${title} needs its own result while it is being evaluated, and would wait for itself for ever. ` +
      'Call the function itself inside, or give the inner call another key.',
  )
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

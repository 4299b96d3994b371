import { CacheError, isCacheError } from '../base/errors.ts'
import { attempt, isPromiseLike } from '../base/maybe-promise.ts'
import { areStillSo } from '../entries/dependencies.ts'
import { miss } from '../entries/verdict.ts'
import { degrade } from '../events/degrade.ts'
import { accessNow, type Flags } from './access.ts'
import type { Call, Shelf } from './call.ts'
import { evaluate, reportMiss } from './evaluate.ts'
import { enclosing } from './evaluation.ts'
import { flightOf, startFlight } from './flights.ts'
import { deliver, type Landed, landedOf, onHit } from './landing.ts'
import { ALONE, blockForLease, noteWaiting, type Turn, tryLease, type Wanted, waitForLease } from './lease.ts'
import { type Found, look } from './look.ts'
import type { Miss, MissedCall } from './missed-call.ts'
import { givesPromise } from './natures.ts'
import { noteResult } from './note-result.ts'
import { missError, recursionError } from './recall-errors.ts'

/**
 * The one algorithm of this library: read, else evaluate, then write, each as far as the access allows. The result comes
 * as the function gave it, now or earlier: a value, a promise, a throw. Throws ERR_CACHE_MISS where it would have to
 * evaluate and may not.
 */
export function recall(shelf: Shelf, call: Call): unknown {
  const startedMs = performance.now()
  const access = call.access ?? accessNow(call.settings.access)
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

function onMiss(shelf: Shelf, call: Call, access: Flags, verdict: Miss, startedMs: number): unknown {
  const { code, version, deps, text } = call.code()
  const maker = `${call.settings.name}\n${code}.${version}.${deps}`
  // Other code, or captured values, give other results: nobody waits for those.
  const id = `${call.storeKey}\n${maker}\n${text}`
  const inside = enclosing(shelf.store)
  if (access.evaluate && inside.some(each => each.startsWith(`${call.storeKey}\n${maker}\n`)))
    throw recursionError(call.title())
  const refusal = call.program.refusal()
  const keeps = refusal === undefined
  const miss: MissedCall = { shelf, call, access, verdict, keeps, maker, id, inside, startedMs }
  if (refusal !== undefined && access.evaluate) return onRefusal(miss, refusal)
  const reuses = access.evaluate && access.read && !call.refresh
  const flight = reuses ? flightOf<Landed>(shelf.store, id) : undefined
  if (flight !== undefined) return join(miss, flight)
  if (!access.evaluate) {
    reportMiss(miss)
    throw missError(call.title(), shelf.place, verdict.because, access)
  }
  const wanted = reuses && access.write ? wantedOf(miss) : undefined
  const turn = wanted === undefined ? ALONE : tryLease(wanted)
  if (turn.is !== 'behind') return take(miss, turn, reuses)
  if (!givesPromise(call.fn, maker)) return take(miss, blockForLease(wanted!, turn.holder), reuses)
  const landing = waitForLease(wanted!, turn.holder).then(async (later): Promise<Landed> => {
    if (later.is === 'found') return landedOf(later.found)
    return evaluate(call.isSame() && call.isCurrent() ? miss : withoutKeeping(miss), later.release)
  })
  startFlight(shelf.store, id, landing)
  return landing.then(landed => deliver(miss, landed))
}

/** What such a call depends on cannot be seen: it is evaluated each time. */
function onRefusal(miss: MissedCall, refusal: string): unknown {
  const { shelf, call } = miss
  const message = `The result of ${call.title()} is not kept: ${refusal}`
  const error = new CacheError('ERR_CACHE_UNKEYABLE', message, { details: { name: call.settings.name } })
  if (call.settings.strict) throw error
  degrade(
    `code ${call.settings.name} ${shelf.place} ${refusal}`,
    `${message} It is computed each time.`,
    error,
  )
  return take(miss, ALONE, false)
}

function wantedOf(miss: MissedCall): Wanted | undefined {
  const { shelf, call, id } = miss
  const { leases } = shelf.store
  if (leases === undefined) return undefined
  return {
    leases,
    id,
    inside: miss.inside,
    look: () => lookAgain(shelf, call),
    onWait: holder => shelf.report('waiting', call, { path: shelf.place, holder }),
    signal: call.signal,
  }
}

/** Where the store cannot be read any more, that was said when it was looked at first. */
function lookAgain(shelf: Shelf, call: Call): Found | undefined {
  try {
    // Leases belong to stores that answer at once.
    const found = look(shelf, call, shelf.readLatest) as Found
    return found.verdict.hit ? found : undefined
  } catch (error) {
    if (isCacheError(error) && !call.settings.strict) return undefined
    throw error
  }
}

/** While it waited, its arguments or its program became other ones: what it gives now is not what was looked for. */
function withoutKeeping(miss: MissedCall): MissedCall {
  const { call, shelf } = miss
  degrade(
    `changed ${call.settings.name} ${shelf.place}`,
    `The result of ${call.title()} is not kept: its arguments, or what the function captures, were changed while it waited for another process.`,
  )
  return { ...miss, keeps: false }
}

/** It is this call's turn, or was somebody else's. */
function take(miss: MissedCall, turn: Turn, joins: boolean): unknown {
  if (turn.is === 'found') return deliver(miss, landedOf(turn.found))
  const landing = evaluate(miss, turn.release)
  if (!isPromiseLike(landing)) return deliver(miss, { ...landing, alone: true })
  const flight = Promise.resolve(landing)
  if (joins) startFlight(miss.shelf.store, miss.id, flight)
  return flight.then(landed => deliver(miss, landed))
}

/** Waits for an evaluation that is under way in this process, and takes what it gives: a value of one's own, where it was kept. */
async function join(miss: MissedCall, flight: Promise<Landed>): Promise<unknown> {
  const { shelf, call, id, inside } = miss
  const { leases } = shelf.store
  const wait = noteWaiting(leases, inside, id)
  try {
    // Through other processes, that evaluation may be waiting for this one.
    if (wait.mustNotBe()) return await take(miss, ALONE, false)
    const landed = await unlessAborted(flight, call.signal)
    // It began before this call did: what it was made of may be something else by now.
    if (!isStillTrue(shelf, landed)) return await recall(shelf, call)
    if (!landed.failed && landed.entry !== undefined) return deliver(miss, { ...landed, found: true })
    reportMiss(miss)
    noteResult(shelf, call, undefined, landed.madeOf)
    if (landed.failed) throw landed.error
    return landed.value
  } finally {
    wait.end()
  }
}

function isStillTrue(shelf: Shelf, landed: Landed): boolean {
  const madeOf = landed.failed ? landed.madeOf : (landed.entry?.madeOf ?? landed.madeOf)
  const sinceMs = landed.failed ? undefined : landed.entry?.createdAtMs
  return madeOf === undefined || areStillSo(madeOf, shelf.around, sinceMs ?? Date.now())
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

import { isCacheError } from '../base/errors.ts'
import { attempt, isPromiseLike } from '../base/maybe-promise.ts'
import { renderCodeVersion } from '../entries/code-version.ts'
import { miss, type Verdict } from '../entries/verdict.ts'
import { degrade } from '../events/degrade.ts'
import { accessNow, type Flags } from './access.ts'
import type { Call, Shelf } from './call.ts'
import { evaluate, type MissedCall, reportMiss } from './evaluate.ts'
import { enclosing } from './evaluation.ts'
import { flightOf, startFlight } from './flights.ts'
import { deliver, type Landed, landedOf, onHit } from './landing.ts'
import { ALONE, blockForLease, noteWaiting, type Turn, tryLease, type Wanted, waitForLease } from './lease.ts'
import { type Found, look } from './look.ts'
import { givesPromise } from './natures.ts'
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

type Miss = Exclude<Verdict, { readonly hit: true }>

function onMiss(shelf: Shelf, call: Call, access: Flags, { because }: Miss, startedMs: number): unknown {
  // Other code gives other results: nobody waits for those.
  const maker = `${call.settings.name}\n${renderCodeVersion(call.code())}`
  const id = `${call.storeKey}\n${maker}`
  const inside = enclosing(shelf.store)
  if (access.evaluate && inside.includes(id)) throw recursionError(call.title())
  const reuses = access.evaluate && access.read && !call.refresh
  const miss: MissedCall = { shelf, call, access, because, maker, id, inside, startedMs }
  const flight = reuses ? flightOf<Landed>(shelf.store, id) : undefined
  if (flight !== undefined) return join(miss, flight)
  if (!access.evaluate) {
    reportMiss(miss)
    throw missError(call.title(), shelf.place, because, access)
  }
  const wanted = reuses && access.write ? wantedOf(miss) : undefined
  const turn = wanted === undefined ? ALONE : tryLease(wanted)
  if (turn.is !== 'behind') return take(miss, turn, reuses)
  if (!givesPromise(call.fn, maker)) return take(miss, blockForLease(wanted!, turn.holder), reuses)
  const landing = waitForLease(wanted!, turn.holder).then(async (later): Promise<Landed> => {
    if (later.is === 'found') return landedOf(later.found)
    return evaluate(call.isSame() ? miss : withoutKeeping(miss), later.release)
  })
  startFlight(shelf.store, id, landing)
  return landing.then(landed => deliver(miss, landed))
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

/** While it waited, its arguments became other ones: what it gives now is not what its key stands for. */
function withoutKeeping(miss: MissedCall): MissedCall {
  const { call, shelf } = miss
  degrade(
    `changed ${call.settings.name} ${shelf.place}`,
    `The result of ${call.title()} is not kept: its arguments were changed while it waited for another process.`,
  )
  return { ...miss, access: { ...miss.access, write: false } }
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
    if (!landed.failed && landed.entry !== undefined) return deliver(miss, { ...landed, found: true })
    reportMiss(miss)
    if (landed.failed) throw landed.error
    return landed.value
  } finally {
    wait.end()
  }
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

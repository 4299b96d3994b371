import { isCacheError } from '../base/errors.ts'
import { attempt, chain, type MaybePromise } from '../base/maybe-promise.ts'
import { codeDigestOf, keptVersionOf } from '../entries/code-version.ts'
import type { Entry } from '../entries/entry.ts'
import { roomOf } from '../entries/eviction/room.ts'
import { standingIn } from '../entries/eviction/standing.ts'
import type { MadeOf } from '../entries/made-of.ts'
import { withManifest } from '../entries/manifest/keep-manifest.ts'
import { keepRequest } from '../entries/versions.ts'
import { degrade } from '../events/degrade.ts'
import type { Part } from '../fingerprint/part.ts'
import type { ValueChange } from '../fingerprint/watch.ts'
import { type Call, type NewResult, type Shelf, textOf } from './call.ts'
import type { MissedCall } from './missed-call.ts'
import { NoCache } from './no-cache.ts'

/** What an evaluation came to; `entry` where it was kept. `madeOf`: what it has read and called. */
export type Outcome =
  | {
      readonly failed: false
      readonly value: unknown
      readonly entry: Entry | undefined
      readonly madeOf?: MadeOf
    }
  | { readonly failed: true; readonly error: unknown; readonly madeOf?: MadeOf }

/** What is known of an evaluation besides its result. */
export interface Evaluated {
  readonly begunAtMs: number
  /** The same by `performance.now()`. */
  readonly startedMs: number
  /** In the user's function, and before it in the cache. */
  readonly costMs: number
  readonly overheadMs: number
  readonly promise: boolean
  /** When the first of the results that it was made of expires. */
  readonly usedUntilMs: number
  readonly madeOf: MadeOf
  /** What it has changed of the captured values. */
  readonly changes: () => readonly ValueChange[]
}

/** Keeps what the function gave, if that is wanted. Whatever stands in the way, the result reaches the caller. */
export function keepValue(miss: MissedCall, value: unknown, evaluated: Evaluated): MaybePromise<Outcome> {
  const { shelf, call } = miss
  const { madeOf } = evaluated
  const unkept: Outcome = { failed: false, value, entry: undefined, madeOf }
  if (value === NoCache || !mayKeep(miss)) return unkept
  if (reportsByCallback(value, call.args)) {
    warnOfCallback(call, shelf)
    return unkept
  }
  const { keepIf } = call.settings
  return attempt(
    () =>
      keepIf === undefined || keepIf(value, ...call.args) ? keep(miss, 'value', value, evaluated) : undefined,
    entry => ({ failed: false, value, entry, madeOf }),
    error => {
      if (call.settings.strict) throw error
      notKept(shelf, call, error)
      return unkept
    },
  )
}

/** Keeps what the function threw, if that is wanted. */
export function keepError(miss: MissedCall, error: unknown, evaluated: Evaluated): MaybePromise<void> {
  const { shelf, call, access } = miss
  const { keepsError } = call.settings
  if (!access.write || keepsError === undefined || !mayKeep(miss)) return
  return attempt(
    () => (keepsError(error) ? keep(miss, 'error', error, evaluated) : undefined),
    () => {},
    failure => notKept(shelf, call, failure),
  )
}

function mayKeep({ shelf, call, access, keeps }: MissedCall): boolean {
  if (!keeps || !(access.write || shelf.remembers)) return false
  if (!call.isMutable() || isSame(call)) return true
  degrade(
    `mutated ${call.settings.name} ${shelf.place}`,
    `The result of ${call.title()} is not kept: the call changed what it was called with, which a hit would not do. ` +
      'Give back a changed copy instead.',
  )
  return false
}

function isSame(call: Call): boolean {
  try {
    return call.isSame()
  } catch (error) {
    if (isCacheError(error, 'ERR_CACHE_UNKEYABLE')) return false
    throw error
  }
}

function keep(
  miss: MissedCall,
  status: Entry['status'],
  value: unknown,
  { begunAtMs, startedMs, costMs, overheadMs, promise, usedUntilMs, madeOf, changes }: Evaluated,
): MaybePromise<Entry> {
  const { shelf, call, access, verdict } = miss
  const keepingSinceMs = performance.now()
  const { settings, storeKey } = call
  const createdAtMs = Date.now()
  const ttlMs = status === 'value' ? settings.ttlMs : settings.errorTtlMs
  const entry: Entry = {
    status,
    promise,
    name: settings.name,
    ...keptVersionOf(call.code(), changes(), verdict.entry),
    madeOf,
    createdAtMs,
    expiresAtMs: finite(Math.min(usedUntilMs, createdAtMs + (ttlMs ?? Number.POSITIVE_INFINITY))),
    costMs,
    codecId: settings.codec.id,
    ...call.labels(),
    older: [],
    value: settings.codec.encode(value),
  }
  let isKept = true
  const keeping = keepRequest(storeKey, entry, {
    history: settings.history,
    alone: settings.alone,
    begunAtMs,
    standing: standingIn(shelf.store),
    decided: kept => {
      isKept = kept
    },
  })
  const request = withManifest(shelf.store, keeping, {
    name: settings.name,
    code: codeDigestOf(entry),
    writtenAtMs: createdAtMs,
    alone: settings.alone,
    parts: () => partsOf(call, entry),
  })
  const result = { storeKey, entry, request, sync: !promise, written: access.write, startedMs }
  return chain(keepWithinBounds(shelf, result), () => {
    const sizeBytes = entry.value.byteLength
    if (isKept)
      shelf.report('kept', call, { sizeBytes, overheadMs: overheadMs + performance.now() - keepingSinceMs })
    return entry
  })
}

/** What was read too early is read again: what is there now may be other code than that which was called. */
function partsOf({ program }: Call, entry: Entry): readonly Part[] {
  const reading = program.reading()
  return reading.code === codeDigestOf(entry) ? reading.parts() : []
}

/** Throws ERR_CACHE_FULL for what the store has no room for; a block remembers it all the same. */
function keepWithinBounds(shelf: Shelf, result: NewResult): MaybePromise<void> {
  const room = result.written ? roomOf(shelf.store) : undefined
  if (room === undefined) return shelf.keep(result)
  return attempt(
    () => room.keep(result, () => shelf.keep(result)),
    () => {},
    error => {
      if (!shelf.remembers || !isCacheError(error, 'ERR_CACHE_FULL')) throw error
      return chain(shelf.keep({ ...result, written: false }), () => {
        throw error
      })
    },
  )
}

/** A function that gives nothing and takes a function last gives its result to that one: a hit would never call it. */
function reportsByCallback(value: unknown, args: readonly unknown[]): boolean {
  return value === undefined && typeof args.at(-1) === 'function'
}

function warnOfCallback(call: Call, shelf: Shelf): void {
  degrade(
    `callback ${call.settings.name} ${shelf.place}`,
    `The result of ${call.title()} is not kept: it gave nothing, and its last argument is a function, which a hit would ` +
      'never call. Decorate a version that gives a promise, such as util.promisify(fn) with a name.',
  )
}

function notKept(shelf: Shelf, call: Call, error: unknown): void {
  degrade(
    `keep ${call.settings.name} ${shelf.place} ${isCacheError(error) ? error.code : String(error)}`,
    `The result of ${call.title()} is not kept: ${textOf(error)}`,
    error,
  )
}

function finite(ms: number): number | undefined {
  return Number.isFinite(ms) ? ms : undefined
}

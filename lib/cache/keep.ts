import { isCacheError } from '../base/errors.ts'
import { attempt, chain, type MaybePromise } from '../base/maybe-promise.ts'
import { renderCodeVersion } from '../entries/code-version.ts'
import type { Entry } from '../entries/entry.ts'
import { roomOf } from '../entries/eviction/room.ts'
import { standingIn } from '../entries/eviction/standing.ts'
import { keepRequest } from '../entries/versions.ts'
import { degrade } from '../events/degrade.ts'
import type { Flags } from './access.ts'
import { type Call, type NewResult, type Shelf, textOf } from './call.ts'
import { NoCache } from './no-cache.ts'

/** What an evaluation came to; `entry` where it was kept. */
export type Outcome =
  | { readonly failed: false; readonly value: unknown; readonly entry: Entry | undefined }
  | { readonly failed: true; readonly error: unknown }

/** What is known of an evaluation besides its result. */
export interface Evaluated {
  readonly begunAtMs: number
  /** In the user's function, and before it in the cache. */
  readonly costMs: number
  readonly overheadMs: number
  readonly promise: boolean
  /** When the first of the results that it was made of expires. */
  readonly usedUntilMs: number
}

/** Keeps what the function gave, if that is wanted. Whatever stands in the way, the result reaches the caller. */
export function keepValue(
  shelf: Shelf,
  call: Call,
  access: Flags,
  value: unknown,
  evaluated: Evaluated,
): MaybePromise<Outcome> {
  const unkept: Outcome = { failed: false, value, entry: undefined }
  if (!(access.write || shelf.remembers) || value === NoCache) return unkept
  if (reportsByCallback(value, call.args)) {
    warnOfCallback(call, shelf)
    return unkept
  }
  const { keepIf } = call.settings
  return attempt(
    () =>
      keepIf === undefined || keepIf(value, ...call.args)
        ? keep(shelf, call, access, 'value', value, evaluated)
        : undefined,
    entry => ({ failed: false, value, entry }),
    error => {
      if (call.settings.strict) throw error
      notKept(shelf, call, error)
      return unkept
    },
  )
}

/** Keeps what the function threw, if that is wanted. */
export function keepError(
  shelf: Shelf,
  call: Call,
  access: Flags,
  error: unknown,
  evaluated: Evaluated,
): MaybePromise<void> {
  const { keepsError } = call.settings
  if (!access.write || keepsError === undefined) return
  return attempt(
    () => (keepsError(error) ? keep(shelf, call, access, 'error', error, evaluated) : undefined),
    () => {},
    failure => notKept(shelf, call, failure),
  )
}

function keep(
  shelf: Shelf,
  call: Call,
  access: Flags,
  status: Entry['status'],
  value: unknown,
  { begunAtMs, costMs, overheadMs, promise, usedUntilMs }: Evaluated,
): MaybePromise<Entry> {
  const startedMs = performance.now()
  const { settings, storeKey } = call
  const createdAtMs = Date.now()
  const ttlMs = status === 'value' ? settings.ttlMs : settings.errorTtlMs
  const entry: Entry = {
    status,
    promise,
    name: settings.name,
    codeVersion: renderCodeVersion(call.code()),
    createdAtMs,
    expiresAtMs: finite(Math.min(usedUntilMs, createdAtMs + (ttlMs ?? Number.POSITIVE_INFINITY))),
    costMs,
    codecId: settings.codec.id,
    ...call.labels(),
    older: [],
    value: settings.codec.encode(value),
  }
  let isKept = true
  const request = keepRequest(storeKey, entry, {
    history: settings.history,
    alone: settings.alone,
    begunAtMs,
    standing: standingIn(shelf.store),
    decided: kept => {
      isKept = kept
    },
  })
  const result = { storeKey, entry, request, sync: !promise, written: access.write }
  return chain(keepWithinBounds(shelf, result), () => {
    const sizeBytes = entry.value.byteLength
    if (isKept)
      shelf.report('kept', call, { sizeBytes, overheadMs: overheadMs + performance.now() - startedMs })
    return entry
  })
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

import { defaultCodec } from '../codec/codec.ts'
import type { Entry } from '../entries/entry.ts'
import { noteUse } from '../entries/eviction/uses.ts'
import { OF_NOTHING } from '../entries/made-of.ts'
import type { Verdict } from '../entries/verdict.ts'
import { degrade } from '../events/degrade.ts'
import { type Call, type Shelf, textOf } from './call.ts'
import { noteExpiry } from './evaluation.ts'
import type { Outcome } from './keep.ts'
import type { Found } from './look.ts'
import { noteEntryExpiry, noteErrorExpiry, noteResult } from './note-result.ts'

/** What a call came to. `found`: somebody else has evaluated it meanwhile; `alone`: nobody else waits for it. */
export type Landed = Outcome & { readonly found?: true; readonly alone?: true }

/** From this size on, bytes that nobody else needs are given away instead of a copy of them. */
const LARGE_BYTES = 1 << 20

export function landedOf({ verdict, value }: Found): Landed {
  const { entry } = verdict as Extract<Verdict, { readonly hit: true }>
  return { failed: false, value, entry, found: true }
}

/** Gives the caller what was kept, as the function gave it: a value, a promise, a throw. */
export function onHit(
  shelf: Shelf,
  call: Call,
  entry: Entry,
  value: unknown,
  startedMs: number,
  joined = false,
): unknown {
  noteEntryExpiry(entry, call.settings)
  noteResult(shelf, call, entry)
  noteUse(shelf.store, call.storeKey, entry)
  const overheadMs = performance.now() - startedMs
  shelf.report('hit', call, { savedMs: entry.costMs, overheadMs, joined })
  if (entry.status === 'error') {
    if (entry.promise) return Promise.reject(value)
    throw value
  }
  return entry.promise ? Promise.resolve(value) : value
}

/** Gives the caller what its call came to. */
export function deliver(
  { shelf, call, startedMs }: { readonly shelf: Shelf; readonly call: Call; readonly startedMs: number },
  landed: Landed,
): unknown {
  if (landed.failed || landed.entry === undefined) {
    noteResult(shelf, call, undefined)
    if (landed.failed) {
      noteErrorExpiry(call.settings)
      throw landed.error
    }
    return landed.value
  }
  const { entry, value } = landed
  const own = open(shelf, call, ownOf(entry, landed.alone === true, call), value)
  if (landed.found) return onHit(shelf, call, entry, own, startedMs, true)
  noteExpiry(entry.expiresAtMs)
  // What it was made of was noted while it was evaluated.
  noteResult(shelf, call, entry, OF_NOTHING)
  return own
}

/** `entry` with bytes that the caller may have. What another codec made may be its own. */
function ownOf(entry: Entry, isAlone: boolean, { settings }: Call): Entry {
  const isFree = isAlone && settings.codec === defaultCodec && entry.value.byteLength >= LARGE_BYTES
  return isFree ? entry : { ...entry, value: new Uint8Array(entry.value) }
}

/** What a hit will give is given now too: no result differs because it came from the cache. */
function open(shelf: Shelf, call: Call, own: Entry, value: unknown): unknown {
  try {
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

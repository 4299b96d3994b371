import type { Entry } from '../entries/entry.ts'
import { expiryOf } from '../entries/expiry.ts'
import type { MadeOf } from '../entries/made-of.ts'
import { seenOf } from '../entries/use.ts'
import type { Verdict } from '../entries/verdict.ts'
import type { Call, Shelf } from './call.ts'
import { isTracked, noteCall, noteExpiry, noteRead } from './evaluation.ts'
import { placeIdOf } from './places.ts'
import { type Source, sourceAt } from './surroundings.ts'

/** Says that the evaluations under way use what `call` gave, kept as `entry`, or not kept: and all that this was made of. */
export function noteResult(shelf: Shelf, call: Call, entry: Entry | undefined, madeOf?: MadeOf): void {
  if (!isTracked()) return
  const own = sourceOf(shelf)
  const { text, values } = call.code()
  const made = entry ?? { codeVersion: text, values: values.join(' ') }
  if (shelf.view === undefined) {
    const { codeVersion } = made
    noteCall({ placeId: own.placeId, name: call.settings.name, codeVersion, values: made.values })
  } else {
    const label = call.label?.() ?? ''
    const { codeVersion } = made
    noteRead({
      source: own,
      what: 'result',
      key: call.storeKey,
      label,
      codeVersion,
      ...seenOf(entry),
    })
  }
  noteMadeOf(own, madeOf ?? entry?.madeOf)
}

/** Says that the evaluations under way have looked whether a call would hit, and with what. */
export function noteLook(
  shelf: Shelf,
  call: Pick<Call, 'storeKey' | 'code' | 'settings'>,
  verdict: Verdict,
): void {
  if (!isTracked()) return
  const entry = verdict.hit ? verdict.entry : undefined
  if (entry !== undefined) noteEntryExpiry(entry, call.settings)
  const { text: codeVersion } = call.code()
  noteRead({
    source: sourceOf(shelf),
    what: 'result',
    key: call.storeKey,
    label: '',
    codeVersion,
    ...seenOf(entry),
  })
}

/** Says that the evaluations under way use what `entry` holds, as long as that is true under the settings of now. */
export function noteEntryExpiry(entry: Entry, { ttlMs, errorTtlMs }: Call['settings']): void {
  noteExpiry(expiryOf(entry, entry.status === 'error' ? errorTtlMs : ttlMs))
}

/** Who catches an error that may have been kept gives something that is true no longer than that. */
export function noteErrorExpiry({ keepsError, errorTtlMs }: Call['settings']): void {
  if (keepsError !== undefined && errorTtlMs !== undefined) noteExpiry(Date.now() + errorTtlMs)
}

/** What a kept result was made of belongs to what uses it. */
function noteMadeOf(own: Source, madeOf: MadeOf | undefined): void {
  if (madeOf === undefined) return
  for (const { place, ...use } of madeOf.uses) noteRead({ ...use, source: sourceAt(own, place) })
  for (const { place, ...called } of madeOf.calls)
    noteCall({ ...called, placeId: sourceAt(own, place).placeId })
}

/** The dictionary, or the results, on which a shelf works. */
export function sourceOf({ store, view }: Shelf): Source {
  return { placeId: placeIdOf(store), view: view?.() }
}

import { isCacheError } from '../base/errors.ts'
import { chain, type MaybePromise } from '../base/maybe-promise.ts'
import { type CodeVersion, codeVersionOf } from '../entries/code-version.ts'
import { find, type Read } from '../entries/find.ts'
import { type Asked, miss, type Verdict } from '../entries/verdict.ts'
import { degrade } from '../events/degrade.ts'
import { type Call, type Shelf, textOf } from './call.ts'

export interface Found {
  readonly verdict: Verdict
  /** Of a hit: what was kept, ready for the caller. */
  readonly value: unknown
}

/** A call, as far as looking for it goes; `code` gives undefined where any code's result will do. */
type Sought = Pick<Call, 'settings' | 'storeKey' | 'memoryKey' | 'program'> & {
  readonly code: () => CodeVersion | undefined
}

/** Whether the call would hit, and with what. The verdict of `recall` and of its explanation. */
export function look(shelf: Shelf, call: Sought, read: Read = shelf.read): MaybePromise<Found> {
  return chain(findBy(shelf, call, read), verdict => open(shelf, call, unlessRefused(verdict, call)))
}

/** Nothing is kept of what cannot be seen whole, and nothing of it is recalled: what a block set is true all the same. */
const NOTHING_KEPT = codeVersionOf({ code: '!', version: '', deps: '', values: [] })

function unlessRefused(verdict: Verdict, { program }: Sought): Verdict {
  const refusal = verdict.hit ? undefined : program.refusal()
  return refusal === undefined ? verdict : { ...miss('unkeyable', verdict.entry), refusal }
}

function findBy(shelf: Shelf, call: Sought, read: Read): MaybePromise<Verdict> {
  const { memory } = shelf
  const { memoryKey } = call
  if (memory === undefined || memoryKey === undefined || read !== shelf.read)
    return find(read, call.storeKey, askedOf(call), shelf.around)
  return memory.find(read, call as Sought & { readonly memoryKey: string }, askedOf(call), shelf.around)
}

function askedOf(sought: Sought): Asked {
  const { settings, program } = sought
  const { name, ttlMs, errorTtlMs } = settings
  return {
    name,
    code: program.refusal() === undefined ? sought.code() : NOTHING_KEPT,
    nowMs: Date.now(),
    ttlMs,
    errorTtlMs,
    errors: settings.keepsError !== undefined,
  }
}

/** A result counts as kept only if it can be given back: its value is decoded before the verdict is final. */
function open(shelf: Shelf, call: Pick<Call, 'settings' | 'storeKey'>, verdict: Verdict): Found {
  if (!verdict.hit) return { verdict, value: undefined }
  const { settings, storeKey } = call
  const { entry } = verdict
  let value: unknown
  try {
    value = shelf.open(entry, storeKey, settings.codec)
  } catch (error) {
    if (isCacheError(error, 'ERR_CACHE_CORRUPT')) return { verdict: miss('corrupt', entry), value: undefined }
    degrade(
      `open ${settings.name} ${textOf(error)}`,
      `A kept result of ${settings.name || 'a function'} in ${shelf.place} could not be read back: ${textOf(error)}`,
      error,
    )
    return { verdict: { ...miss('rejected', entry), rejectedBy: 'codec' }, value: undefined }
  }
  const rejected =
    entry.status === 'value' && settings.validIf !== undefined && !settings.validIf(value, entry, storeKey)
  if (!rejected) return { verdict, value }
  return { verdict: { ...miss('rejected', entry), rejectedBy: 'validIf' }, value: undefined }
}

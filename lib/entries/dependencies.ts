import { isCacheError } from '../base/errors.ts'
import { type CodeVersion, judgeCodeVersion } from './code-version.ts'
import { plainUserKey } from './entry-key.ts'
import { type CalledFunction, type Dependency, isOfNothing, type MadeOf, type Use } from './made-of.ts'
import { isStillSo, type View } from './use.ts'
import { isFileStillSo } from './used-file.ts'
import { miss, type Verdict } from './verdict.ts'

/** Where a function that is about to be called, or not, would look. */
export interface Surroundings {
  /**
   * Through what it may see the dictionary at `place`: all have to show the same. `''`: that in which the entry is looked for, and those that are open beside it;
   * `'.'`: another one on the same store. None where that cannot be told.
   */
  viewsAt(place: string): readonly View[]
  /** The code of the cached functions of that name at `place` that this process has; none where it has none yet. */
  versionsOf(place: string, name: string): Iterable<CodeVersion>
  /** When a result of a function of that name at `place` last became another one; undefined for never, and where nobody knows. */
  turnoverOf(place: string, name: string): number | undefined
}

/**
 * `verdict`, unless it is a hit of what was made of something that has changed. A function of which this process knows
 * nothing counts as unchanged: whatever would be called belongs to the code, and was compared.
 */
export function judgeMadeOf(verdict: Verdict, around: Surroundings): Verdict {
  if (!verdict.hit || isOfNothing(verdict.entry.madeOf)) return verdict
  const { createdAtMs, madeOf } = verdict.entry
  const { uses, calls } = madeOf
  const use = uses.find(each => !holds(each, around))
  if (use !== undefined) return { ...miss('dependency-changed', verdict.entry), dependency: describeUse(use) }
  const call = calls.find(each => !isStillCalled(each, around, createdAtMs))
  if (call === undefined) return verdict
  const dependency = { kind: 'function', place: call.place, text: call.name } as const
  return { ...miss('dependency-changed', verdict.entry), dependency }
}

/** Whether all of it is what it was at `sinceMs`. */
export function areStillSo({ uses, calls }: MadeOf, around: Surroundings, sinceMs: number): boolean {
  return uses.every(use => holds(use, around)) && calls.every(call => isStillCalled(call, around, sinceMs))
}

function holds(use: Use, around: Surroundings): boolean {
  if (use.what === 'file') return isFileStillSo(use)
  try {
    const views = around.viewsAt(use.place)
    return views.length > 0 && views.every(view => isStillSo(use, view))
  } catch (error) {
    // Another store that cannot be read: whoever reads it again will be told.
    if (isElsewhere(use.place) && isCacheError(error)) return false
    throw error
  }
}

function isElsewhere(place: string): boolean {
  return place !== '' && place !== '.'
}

function isStillCalled(call: CalledFunction, around: Surroundings, sinceMs: number): boolean {
  const turnoverMs = around.turnoverOf(call.place, call.name)
  // A time in the future was a wrong clock's.
  if (turnoverMs !== undefined && turnoverMs > sinceMs && turnoverMs <= Date.now()) return false
  let isKnown = false
  for (const version of around.versionsOf(call.place, call.name)) {
    if (judgeCodeVersion(call, version) === undefined) return true
    isKnown = true
  }
  return !isKnown
}

function describeUse({ what, place, key, label }: Use): Dependency {
  if (what === 'file') return { kind: what, place: '', text: key }
  if (what === 'keys' || what === 'everything') return { kind: what, place, text: '' }
  return { kind: 'key', place, text: label === '' ? String(plainUserKey(key) ?? key) : label }
}

import { chain, type MaybePromise } from '../base/maybe-promise.ts'
import { mayBeOf } from './code-version.ts'
import { judgeMadeOf, type Surroundings } from './dependencies.ts'
import { decodeEntry } from './entry.ts'
import { noteKeyOf, readNote } from './eviction/note.ts'
import { type Asked, judge, miss, type Verdict } from './verdict.ts'
import { codeVersionOfOlder } from './versions.ts'

/** Gives the bytes under a store key. */
export type Read = (storeKey: string) => MaybePromise<Uint8Array | undefined>

/**
 * The verdict on what lies under `headKey`: the last written entry, or, where that is of other code or of another
 * function, the newest earlier version that is not. A miss names the reason of the last written one. A hit is made of
 * nothing that has changed `around`.
 */
export function find(read: Read, headKey: string, asked: Asked, around: Surroundings): MaybePromise<Verdict> {
  return chain(read(headKey), frame => {
    if (frame === undefined) return findNote(read, headKey)
    const head = decodeEntry(frame, headKey)
    if (head === undefined) return miss('corrupt')
    const verdict = judgeMadeOf(judge(head, asked), around)
    if (verdict.hit || !MAY_LIE_BESIDE.has(verdict.because)) return verdict
    const candidates = head.older.filter(key => mayBeOf(codeVersionOfOlder(key), asked.code))
    return findNewest(candidates, { read, asked, around, otherwise: verdict })
  })
}

/** Nothing lies there: whether something did. */
function findNote(read: Read, headKey: string): MaybePromise<Verdict> {
  return chain(read(noteKeyOf(headKey)), note => {
    const evictedAtMs = readNote(note, headKey)
    return evictedAtMs === undefined ? miss('absent') : { ...miss('evicted'), evictedAtMs }
  })
}

const MAY_LIE_BESIDE: ReadonlySet<string> = new Set([
  'another-function',
  'code-changed',
  'version-changed',
  'dependency-changed',
])

interface Search {
  readonly read: Read
  readonly asked: Asked
  readonly around: Surroundings
  readonly otherwise: Verdict
}

function findNewest(keys: readonly string[], search: Search): MaybePromise<Verdict> {
  const key = keys.at(-1)
  const { read, asked, around, otherwise } = search
  if (key === undefined) return otherwise
  return chain(read(key), frame => {
    const entry = frame === undefined ? undefined : decodeEntry(frame, key)
    const verdict = entry === undefined ? otherwise : judgeMadeOf(judge(entry, asked), around)
    return verdict.hit ? verdict : findNewest(keys.slice(0, -1), search)
  })
}

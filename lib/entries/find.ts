import { chain, type MaybePromise } from '../base/maybe-promise.ts'
import { judgeCodeVersion } from './code-version.ts'
import { decodeEntry } from './entry.ts'
import { noteKeyOf, readNote } from './eviction/note.ts'
import { type Asked, judge, miss, type Verdict } from './verdict.ts'
import { codeVersionOfOlder } from './versions.ts'

/** Gives the bytes under a store key. */
export type Read = (storeKey: string) => MaybePromise<Uint8Array | undefined>

/**
 * The verdict on what lies under `headKey`: the last written entry, or, where that is of other code or of another
 * function, the newest earlier version that is not. A miss names the reason of the last written one.
 */
export function find(read: Read, headKey: string, asked: Asked): MaybePromise<Verdict> {
  return chain(read(headKey), frame => {
    if (frame === undefined) return findNote(read, headKey)
    const head = decodeEntry(frame, headKey)
    if (head === undefined) return miss('corrupt')
    const verdict = judge(head, asked)
    if (verdict.hit || !MAY_LIE_BESIDE.has(verdict.because)) return verdict
    const candidates = head.older.filter(
      key => judgeCodeVersion(codeVersionOfOlder(key), asked.code) === undefined,
    )
    return findNewest(read, candidates, asked, verdict)
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

function findNewest(
  read: Read,
  keys: readonly string[],
  asked: Asked,
  otherwise: Verdict,
): MaybePromise<Verdict> {
  const key = keys.at(-1)
  if (key === undefined) return otherwise
  return chain(read(key), frame => {
    const entry = frame === undefined ? undefined : decodeEntry(frame, key)
    const verdict = entry === undefined ? otherwise : judge(entry, asked)
    return verdict.hit ? verdict : findNewest(read, keys.slice(0, -1), asked, otherwise)
  })
}

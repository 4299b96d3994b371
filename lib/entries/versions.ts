import { crc32 } from 'node:zlib'
import type { Change, WriteRequest } from '../stores/store.ts'
import { ANY_CODE } from './code-version.ts'
import { decodeHead, type Entry, type EntryHead, type LyingHead } from './entry.ts'
import { isOfEntries } from './entry-key.ts'
import { noteKeyOf, readNote } from './eviction/note.ts'
import { largeValuesOf, moveOf, putterOf, type Standing } from './put.ts'
import { turnoverOf } from './turnover.ts'

/** How many versions of other code one key keeps; the oldest go first. A history has no bound but its own. */
const MOST_VERSIONS = 32

/** Under which store key an earlier version lies. `n` tells apart what was made in the same millisecond. */
function olderKey(headKey: string, entry: EntryHead, taken: readonly string[]): string {
  for (let n = 0; ; n += 1) {
    const key = `a${headKey}\n${entry.codeVersion}\n${entry.createdAtMs.toString(36)}${n === 0 ? '' : `.${n}`}`
    if (!taken.includes(key)) return key
  }
}

/** The code version of the entry that lies under an older key. */
export function codeVersionOfOlder(olderKey: string): string {
  return olderKey.split('\n')[1] ?? ''
}

/** The key under which the last written version lies, of a head key or an older one. */
export function headKeyOf(storeKey: string): string {
  return storeKey.startsWith('a') ? (storeKey.split('\n')[0] ?? '').slice(1) : storeKey
}

export interface KeepOptions {
  readonly history: boolean
  /** Every other entry of the store goes. */
  readonly alone: boolean
  /**
   * When the evaluation began that gave the entry: what was set, or began to be evaluated, since then under the same key, for
   * the same code or for any, is newer, and stays. So a process that was stopped for a while never overwrites what others did meanwhile.
   */
  readonly begunAtMs: number
  /** Where an entry stands among those that may be dropped; `isCurrent`: it is the last written one of its key. */
  standing(head: EntryHead, valueBytes: number, isCurrent: boolean): Standing
  /** Told before it is done whether the entry will be there. */
  decided(isKept: boolean): void
}

/**
 * Keeps `entry` under `headKey`. The result of other code that lies there steps back beside it, so that going back to
 * that code hits again; one of the same code is replaced, or, with `history`, steps back too.
 */
export function keepRequest(headKey: string, entry: Entry, options: KeepOptions): WriteRequest {
  const { history, alone, standing } = options
  const put = putterOf(entry)
  const noteKey = noteKeyOf(headKey)
  return {
    reads: [headKey, noteKey],
    durable: true,
    tails: largeValuesOf(entry),
    plan: (current, entries) => {
      const frame = current.get(headKey)
      const kept = frame === undefined ? undefined : decodeHead(frame, headKey)
      const isKept = kept === undefined || history || !isNewer(kept, entry, options.begunAtMs)
      options.decided(isKept)
      if (!isKept) return []
      const changes: Change[] = []
      // It is there again: who forgets it later did not see it evicted.
      if (readNote(current.get(noteKey), headKey) !== undefined)
        changes.push({ key: noteKey, bytes: undefined })
      if (alone)
        for (const [key] of entries())
          if (key !== headKey && isOfEntries(key)) changes.push({ key, bytes: undefined })
      const older = alone ? [] : [...(kept?.older ?? [])]
      if (kept !== undefined && !alone && stepsBack(kept, entry, history)) {
        const key = olderKey(headKey, kept, older)
        older.push(key)
        const stands = standing(kept, kept.valueBytes, false)
        changes.push(moveOf(key, { ...kept, older: [] }, { key: headKey, lying: kept }, stands))
      }
      if (kept !== undefined && isOtherResult(kept, entry))
        changes.push(turnoverOf(entry.name, entry.createdAtMs))
      const dropped = history ? [] : superseded(older, entry)
      for (const key of dropped) changes.push({ key, bytes: undefined })
      const left = older.filter(key => !dropped.includes(key))
      changes.push(put(headKey, { ...entry, older: left }, standing(entry, entry.value.byteLength, true)))
      return changes
    },
  }
}

function isNewer(kept: EntryHead, entry: Entry, begunAtMs: number): boolean {
  // A time in the future was a wrong clock's.
  if (kept.createdAtMs - kept.costMs <= begunAtMs || kept.createdAtMs > entry.createdAtMs) return false
  return kept.codeVersion === ANY_CODE || (kept.name === entry.name && kept.codeVersion === entry.codeVersion)
}

/** Whether `entry` replaces a result that the same function gave by the same code, and is not the same. */
function isOtherResult(kept: LyingHead, entry: Entry): boolean {
  if (entry.name === '' || kept.name !== entry.name || kept.codeVersion !== entry.codeVersion) return false
  if (kept.status !== entry.status || kept.valueBytes !== entry.value.byteLength) return true
  return kept.valueSum !== crc32(entry.value)
}

export interface RemoveOptions extends Pick<KeepOptions, 'standing'> {
  /** `entry` is undefined for a damaged one. */
  isMeant(entry: EntryHead | undefined, storeKey: string): boolean
  /** Told how many entries go. */
  removed(count: number): void
}

/**
 * Removes, of each of `headKeys`, what `isMeant`. Where an older version is left, the newest of them comes to the front.
 */
export function removeRequest(
  headKeys: readonly string[],
  older: readonly string[],
  options: RemoveOptions,
): WriteRequest {
  return {
    reads: [...headKeys, ...older],
    durable: true,
    plan: current => {
      const changes: Change[] = []
      for (const headKey of headKeys) changes.push(...removal(headKey, current, options))
      options.removed(changes.filter(change => change.bytes === undefined).length)
      return changes
    },
  }
}

function removal(
  headKey: string,
  current: ReadonlyMap<string, Uint8Array>,
  { isMeant, standing }: RemoveOptions,
): readonly Change[] {
  const headAt = (key: string): LyingHead | undefined => {
    const bytes = current.get(key)
    return bytes === undefined ? undefined : decodeHead(bytes, key)
  }
  if (!current.has(headKey)) return []
  const head = headAt(headKey)
  const older = head?.older ?? []
  const gone = older.filter(key => isMeant(headAt(key), key))
  const left = older.filter(key => !gone.includes(key))
  const changes: Change[] = gone.map(key => ({ key, bytes: undefined }))
  if (!isMeant(head, headKey)) {
    if (gone.length === 0 || head === undefined) return []
    const stands = standing(head, head.valueBytes, true)
    return [...changes, moveOf(headKey, { ...head, older: left }, { key: headKey, lying: head }, stands)]
  }
  const next = left.at(-1)
  const promoted = next === undefined ? undefined : headAt(next)
  if (next === undefined || promoted === undefined) return [...changes, { key: headKey, bytes: undefined }]
  const stands = standing(promoted, promoted.valueBytes, true)
  const back = moveOf(
    headKey,
    { ...promoted, older: left.slice(0, -1) },
    { key: next, lying: promoted },
    stands,
  )
  return [...changes, back, { key: next, bytes: undefined }]
}

/** Whether `kept` is still of use beside `entry`: a result of other code, or part of a history. What a block set is not. */
function stepsBack(kept: EntryHead, entry: Entry, history: boolean): boolean {
  if (kept.codeVersion === ANY_CODE) return false
  return history || kept.codeVersion !== entry.codeVersion || kept.name !== entry.name
}

function superseded(older: readonly string[], entry: Entry): readonly string[] {
  const same = older.filter(key => codeVersionOfOlder(key) === entry.codeVersion)
  const others = older.length - same.length
  const tooMany = older.filter(key => !same.includes(key)).slice(0, Math.max(0, others - MOST_VERSIONS))
  return [...same, ...tooMany]
}

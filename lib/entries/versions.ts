import type { Change, WriteRequest } from '../stores/store.ts'
import { decodeEntry, type Entry, encodeEntry } from './entry.ts'

/** How many versions of other code one key keeps; the oldest go first. A history has no bound but its own. */
const MOST_VERSIONS = 32

/** Under which store key an earlier version lies. `n` tells apart what was made in the same millisecond. */
function olderKey(headKey: string, entry: Entry, taken: readonly string[]): string {
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

/**
 * Keeps `entry` under `headKey`. The result of other code that lies there steps back beside it, so that going back to
 * that code hits again; one of the same code is replaced, or, with `history`, steps back too.
 */
export function keepRequest(
  headKey: string,
  entry: Entry,
  options: { readonly history: boolean; readonly alone: boolean },
): WriteRequest {
  return {
    reads: [headKey],
    durable: true,
    plan: (current, entries) => {
      const changes: Change[] = []
      if (options.alone)
        for (const [key] of entries()) if (key !== headKey) changes.push({ key, bytes: undefined })
      const frame = current.get(headKey)
      const kept = frame === undefined ? undefined : decodeEntry(frame, headKey)
      const older = options.alone ? [] : [...(kept?.older ?? [])]
      if (kept !== undefined && !options.alone && stepsBack(kept, entry, options.history)) {
        const key = olderKey(headKey, kept, older)
        older.push(key)
        changes.push({ key, bytes: encodeEntry({ ...kept, older: [] }, key) })
      }
      const dropped = options.history ? [] : superseded(older, entry)
      for (const key of dropped) changes.push({ key, bytes: undefined })
      const left = older.filter(key => !dropped.includes(key))
      changes.push({ key: headKey, bytes: encodeEntry({ ...entry, older: left }, headKey) })
      return changes
    },
  }
}

/**
 * Removes, of each of `headKeys`, what `isMeant`. Where an older version is left, the newest of them comes to the front.
 * `removed` is told how many entries went.
 */
export function removeRequest(
  headKeys: readonly string[],
  older: readonly string[],
  isMeant: (entry: Entry | undefined, storeKey: string) => boolean,
  removed: (count: number) => void,
): WriteRequest {
  return {
    reads: [...headKeys, ...older],
    durable: true,
    plan: current => {
      const changes: Change[] = []
      for (const headKey of headKeys) changes.push(...removal(headKey, current, isMeant))
      removed(changes.filter(change => change.bytes === undefined).length)
      return changes
    },
  }
}

function removal(
  headKey: string,
  current: ReadonlyMap<string, Uint8Array>,
  isMeant: (entry: Entry | undefined, storeKey: string) => boolean,
): readonly Change[] {
  const frame = current.get(headKey)
  if (frame === undefined) return []
  const head = decodeEntry(frame, headKey)
  const entryAt = (key: string) => {
    const bytes = current.get(key)
    return bytes === undefined ? undefined : decodeEntry(bytes, key)
  }
  const older = head?.older ?? []
  const gone = older.filter(key => isMeant(entryAt(key), key))
  const left = older.filter(key => !gone.includes(key))
  const changes: Change[] = gone.map(key => ({ key, bytes: undefined }))
  if (!isMeant(head, headKey)) {
    if (gone.length === 0 || head === undefined) return []
    return [...changes, { key: headKey, bytes: encodeEntry({ ...head, older: left }, headKey) }]
  }
  const next = left.at(-1)
  const promoted = next === undefined ? undefined : entryAt(next)
  if (next === undefined || promoted === undefined) return [...changes, { key: headKey, bytes: undefined }]
  const bytes = encodeEntry({ ...promoted, older: left.slice(0, -1) }, headKey)
  return [...changes, { key: headKey, bytes }, { key: next, bytes: undefined }]
}

/** Whether `kept` is still of use beside `entry`: a result of other code, or part of a history. What a block set is not. */
function stepsBack(kept: Entry, entry: Entry, history: boolean): boolean {
  if (kept.codeVersion === '') return false
  return history || kept.codeVersion !== entry.codeVersion || kept.name !== entry.name
}

function superseded(older: readonly string[], entry: Entry): readonly string[] {
  const same = older.filter(key => codeVersionOfOlder(key) === entry.codeVersion)
  const others = older.length - same.length
  const tooMany = older.filter(key => !same.includes(key)).slice(0, Math.max(0, others - MOST_VERSIONS))
  return [...same, ...tooMany]
}

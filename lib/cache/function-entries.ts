import type { CodeVersion } from '../entries/code-version.ts'
import { decodeEntry, type Entry } from '../entries/entry.ts'
import { callKeyPrefix, USER_KEY_PREFIX } from '../entries/entry-key.ts'
import { judge } from '../entries/verdict.ts'
import { headKeyOf, removeRequest } from '../entries/versions.ts'
import type { Store } from '../stores/store.ts'
import type { RecallSettings } from './call.ts'
import { type EntryInfo, infoOf } from './entry-info.ts'

/** Whose entries are meant: those of one function, wherever in the store they lie. */
export interface Owner {
  readonly store: Store
  readonly settings: RecallSettings
  readonly code: () => CodeVersion
  /** It names its calls itself, so that they lie among the entries of a dictionary. */
  readonly hasUserKeys: boolean
}

interface Lying {
  readonly storeKey: string
  readonly entry: Entry
}

/** Every undamaged entry of a function: also kept errors, expired ones, and those of older code. */
export async function* entriesOf(owner: Owner): AsyncIterable<EntryInfo> {
  for await (const lying of lyingOf(owner)) yield describe(owner, lying)
}

/** What was kept for one call, oldest first. */
export async function historyOf(owner: Owner, headKey: string): Promise<readonly EntryInfo[]> {
  const frame = await owner.store.get(headKey)
  const head = frame === undefined ? undefined : decodeEntry(frame, headKey)
  if (head === undefined) return []
  const versions: Lying[] = []
  for (const storeKey of head.older) {
    const bytes = await owner.store.get(storeKey)
    const entry = bytes === undefined ? undefined : decodeEntry(bytes, storeKey)
    if (entry !== undefined) versions.push({ storeKey, entry })
  }
  return [...versions, { storeKey: headKey, entry: head }]
    .filter(({ entry }) => entry.name === owner.settings.name)
    .sort((a, b) => a.entry.createdAtMs - b.entry.createdAtMs)
    .map(lying => describe(owner, lying))
}

/** Removes what a function kept under these head keys, or all of it; resolves to how many entries went. */
export async function removeEntries(owner: Owner, headKey?: string): Promise<number> {
  const heads = new Set<string>()
  const older = new Set<string>()
  if (headKey === undefined) {
    for await (const { storeKey, entry } of lyingOf(owner)) {
      heads.add(headKeyOf(storeKey))
      for (const key of [storeKey, ...entry.older]) if (key !== headKeyOf(key)) older.add(key)
    }
  } else {
    const frame = await owner.store.get(headKey)
    if (frame === undefined) return 0
    heads.add(headKey)
    for (const key of decodeEntry(frame, headKey)?.older ?? []) older.add(key)
  }
  let count = 0
  // What is damaged belongs to nobody else: the key is the function's. What a block set under it would hit.
  const isMeant = (entry: Entry | undefined): boolean =>
    entry === undefined || entry.name === owner.settings.name || (headKey !== undefined && entry.name === '')
  const request = removeRequest([...heads], [...older], isMeant, removed => {
    count = removed
  })
  if (heads.size > 0) await owner.store.write(request)
  return count
}

async function* lyingOf({ store, settings, hasUserKeys }: Owner): AsyncIterable<Lying> {
  const prefix = hasUserKeys ? USER_KEY_PREFIX : callKeyPrefix(settings.name)
  for (const wanted of [prefix, `a${prefix}`]) {
    for (const [storeKey, frame] of await store.entries(wanted)) {
      const entry = decodeEntry(frame, storeKey)
      // What a block set is nobody's.
      if (entry !== undefined && entry.name === settings.name && entry.codeVersion !== '')
        yield { storeKey, entry }
    }
  }
}

function describe({ store, settings, code }: Owner, { storeKey, entry }: Lying): EntryInfo {
  const { codec, ttlMs, errorTtlMs } = settings
  const asked = { name: '', code: code(), nowMs: Date.now(), ttlMs, errorTtlMs, errors: true }
  const current = judge(entry, asked).hit
  return infoOf(store, storeKey, entry, {
    codec,
    current,
    ttlMs: entry.status === 'error' ? errorTtlMs : ttlMs,
  })
}

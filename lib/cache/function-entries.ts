import { ANY_CODE, type CodeVersion } from '../entries/code-version.ts'
import { decodeHead, type EntryHead } from '../entries/entry.ts'
import { callKeyPrefix, USER_KEY_PREFIX } from '../entries/entry-key.ts'
import { standingIn } from '../entries/eviction/standing.ts'
import { removeManifests } from '../entries/manifest/keep-manifest.ts'
import { turnoverOf } from '../entries/turnover.ts'
import { isCurrent } from '../entries/verdict.ts'
import { headKeyOf, removeRequest } from '../entries/versions.ts'
import type { Store } from '../stores/store.ts'
import type { RecallSettings } from './call.ts'
import { type EntryInfo, infoOf, type Lying } from './entry-info.ts'

/** Whose entries are meant: those of one function, wherever in the store they lie. */
export interface Owner {
  readonly store: Store
  readonly settings: RecallSettings
  readonly code: () => CodeVersion
  /** It names its calls itself, so that they lie among the entries of a dictionary. */
  readonly hasUserKeys: boolean
}

/** Every undamaged entry of a function: also kept errors, expired ones, and those of older code. */
export async function* entriesOf(owner: Owner): AsyncIterable<EntryInfo> {
  for await (const lying of lyingOf(owner)) yield describe(owner, lying)
}

/** What was kept for one call, oldest first. */
export async function historyOf(owner: Owner, headKey: string): Promise<readonly EntryInfo[]> {
  const head = await lyingAt(owner.store, headKey)
  if (head === undefined) return []
  const versions = [head]
  for (const storeKey of head.head.older) {
    const older = await lyingAt(owner.store, storeKey)
    if (older !== undefined) versions.push(older)
  }
  return versions
    .filter(({ head }) => head.name === owner.settings.name)
    .sort((a, b) => a.head.createdAtMs - b.head.createdAtMs)
    .map(lying => describe(owner, lying))
}

/** Removes what a function kept under one head key; resolves to how many entries went. */
export async function removeEntry(owner: Owner, headKey: string): Promise<number> {
  const lying = await lyingAt(owner.store, headKey)
  // What is damaged belongs to nobody else: the key is the function's. What a block set under it would hit.
  const isMeant = (entry: EntryHead | undefined): boolean =>
    entry === undefined || entry.name === owner.settings.name || entry.name === ''
  return remove(owner, [headKey], lying?.head.older ?? [], isMeant)
}

/** Removes everything that a function kept; resolves to how many entries went. Many entries go in several steps. */
export async function removeEntries(owner: Owner): Promise<number> {
  const isMeant = (entry: EntryHead | undefined): boolean =>
    entry === undefined || entry.name === owner.settings.name
  let count = 0
  let heads = new Set<string>()
  let older = new Set<string>()
  const step = async (): Promise<void> => {
    if (heads.size > 0) count += await remove(owner, [...heads], [...older], isMeant)
    heads = new Set()
    older = new Set()
  }
  for await (const { storeKey, head } of lyingOf(owner)) {
    const headKey = headKeyOf(storeKey)
    heads.add(headKey)
    for (const key of [storeKey, ...head.older]) if (key !== headKey) older.add(key)
    if (heads.size + older.size >= REMOVED_AT_ONCE) await step()
  }
  await step()
  await removeManifests(owner.store, owner.settings.name)
  return count
}

/** How many entries one write removes. */
const REMOVED_AT_ONCE = 10_000

async function remove(
  { store, settings }: Owner,
  heads: readonly string[],
  older: readonly string[],
  isMeant: (entry: EntryHead | undefined) => boolean,
): Promise<number> {
  let count = 0
  const removed = (more: number) => {
    count = more
  }
  const request = removeRequest(heads, older, { isMeant, removed, standing: standingIn(store) })
  await store.write({
    ...request,
    plan: (...seen) => {
      const changes = request.plan(...seen)
      return changes.length === 0 ? changes : [...changes, turnoverOf(settings.name, Date.now())]
    },
  })
  return count
}

async function lyingAt(store: Store, storeKey: string): Promise<Lying | undefined> {
  const frame = await store.get(storeKey)
  const head = frame === undefined ? undefined : decodeHead(frame, storeKey)
  return head && { storeKey, head, sizeBytes: head.valueBytes, usedAtMs: undefined }
}

async function* lyingOf({ store, settings, hasUserKeys }: Owner): AsyncIterable<Lying> {
  const prefix = hasUserKeys ? USER_KEY_PREFIX : callKeyPrefix(settings.name)
  for (const wanted of [prefix, `a${prefix}`]) {
    for (const [storeKey, frame, facts] of await store.entries(wanted)) {
      const head = decodeHead(frame, storeKey)
      // What a block set is nobody's.
      if (head !== undefined && head.name === settings.name && head.codeVersion !== ANY_CODE)
        yield { storeKey, head, sizeBytes: head.valueBytes, usedAtMs: facts?.usedAtMs }
    }
  }
}

function describe({ store, settings, code }: Owner, lying: Lying): EntryInfo {
  const { codec, ttlMs, errorTtlMs } = settings
  const { head } = lying
  const current = isCurrent(head, {
    name: '',
    code: code(),
    nowMs: Date.now(),
    ttlMs,
    errorTtlMs,
    errors: true,
  })
  return infoOf(store, lying, { codec, current, ttlMs: head.status === 'error' ? errorTtlMs : ttlMs })
}

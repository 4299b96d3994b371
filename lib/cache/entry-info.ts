import { CacheError } from '../base/errors.ts'
import { type Codec, defaultCodec } from '../codec/codec.ts'
import { decodeEntry, type Entry, type EntryHead } from '../entries/entry.ts'
import { keyText } from '../entries/entry-key.ts'
import { standingIn } from '../entries/eviction/standing.ts'
import { expiryOf } from '../entries/expiry.ts'
import { headKeyOf, removeRequest } from '../entries/versions.ts'
import type { Store } from '../stores/store.ts'

/** One kept entry, for looking at. */
export interface EntryInfo {
  /** As `keyOf` gives it. */
  readonly key: string
  /** The function that made it; '' where a block set it. */
  readonly name: string
  readonly status: 'value' | 'error'
  /** False: of another code version, or expired. */
  readonly current: boolean
  readonly createdAtMs: number
  /** When it was last recalled, as far as that is recorded; at least `createdAtMs`. */
  readonly lastUsedMs: number
  readonly expiresAtMs?: number
  /** What evaluating took. */
  readonly costMs: number
  readonly sizeBytes: number
  readonly codeVersion: string
  /** The arguments, where they were small enough to be kept (16 KiB). */
  args(): Promise<readonly unknown[] | undefined>
  /** The value; of status 'error', the error. */
  value(): Promise<unknown>
  /** Removes just this entry; false if it was gone already. */
  remove(): Promise<boolean>
}

/** An entry, as far as it was read. */
export interface Lying {
  readonly storeKey: string
  readonly head: EntryHead
  readonly sizeBytes: number
  /** When it was last used, where the store records that. */
  readonly usedAtMs: number | undefined
}

/** Describes an entry of `store`. Its value is read when it is asked for. */
export function infoOf(
  store: Store,
  { storeKey, head, sizeBytes, usedAtMs }: Lying,
  {
    codec,
    current,
    ttlMs,
  }: { readonly codec: Codec; readonly current: boolean; readonly ttlMs?: number | undefined },
): EntryInfo {
  const expiresAtMs = expiryOf(head, ttlMs)
  const headKey = headKeyOf(storeKey)
  return Object.freeze({
    key: keyText(headKey),
    name: head.name,
    status: head.status,
    current,
    createdAtMs: head.createdAtMs,
    lastUsedMs: Math.max(head.createdAtMs, usedAtMs ?? 0),
    ...(Number.isFinite(expiresAtMs) ? { expiresAtMs } : {}),
    costMs: head.costMs,
    sizeBytes,
    codeVersion: head.codeVersion,
    args: async () => (head.args === undefined ? undefined : (defaultCodec.decode(head.args) as unknown[])),
    value: async () => decodeWith(await readAgain(store, storeKey, head), codec),
    remove: async () => {
      let count = 0
      const request = removeRequest([headKey], [storeKey, ...head.older], {
        isMeant: (candidate, key) => key === storeKey && candidate?.createdAtMs === head.createdAtMs,
        removed: removed => {
          count = removed
        },
        standing: standingIn(store),
      })
      await store.write(request)
      return count > 0
    },
  })
}

/** The entry that was listed, with its value. */
async function readAgain(store: Store, storeKey: string, head: EntryHead): Promise<Entry> {
  const frame = await store.get(storeKey)
  const entry = frame === undefined ? undefined : decodeEntry(frame, storeKey)
  if (entry !== undefined && entry.createdAtMs === head.createdAtMs) return entry
  const isDamaged = frame !== undefined && entry === undefined
  throw new CacheError(
    isDamaged ? 'ERR_CACHE_CORRUPT' : 'ERR_CACHE_MISS',
    `This entry${head.name === '' ? '' : ` of ${head.name}`} ${isDamaged ? 'is damaged' : 'was removed or replaced since it was listed'}. List again.`,
    { details: { name: head.name, key: keyText(headKeyOf(storeKey)) } },
  )
}

/** Decodes the value of `entry`, which is given away, with the codec that encoded it: the one at hand, or the default one. */
export function decodeWith(entry: Entry, codec: Codec): unknown {
  const right = [codec, defaultCodec].find(({ id }) => id === entry.codecId)
  if (right !== undefined) return right.decode(entry.value)
  throw new CacheError(
    'ERR_CACHE_UNDECODABLE',
    `A kept value was encoded by the codec "${entry.codecId}", and here there is "${codec.id}". Use the same codec for the same path.`,
    { details: { codec: entry.codecId } },
  )
}

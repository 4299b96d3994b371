import { CacheError } from '../base/errors.ts'
import { type Codec, defaultCodec } from '../codec/codec.ts'
import type { Entry } from '../entries/entry.ts'
import { keyText } from '../entries/entry-key.ts'
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

/** Describes `entry`, which lies under `storeKey` of `store`. */
export function infoOf(
  store: Store,
  storeKey: string,
  entry: Entry,
  {
    codec,
    current,
    ttlMs,
  }: { readonly codec: Codec; readonly current: boolean; readonly ttlMs?: number | undefined },
): EntryInfo {
  const expiresAtMs = expiryOf(entry, ttlMs)
  const headKey = headKeyOf(storeKey)
  return Object.freeze({
    key: keyText(headKey),
    name: entry.name,
    status: entry.status,
    current,
    createdAtMs: entry.createdAtMs,
    lastUsedMs: entry.createdAtMs,
    ...(Number.isFinite(expiresAtMs) ? { expiresAtMs } : {}),
    costMs: entry.costMs,
    sizeBytes: entry.value.byteLength,
    codeVersion: entry.codeVersion,
    args: async () => (entry.args === undefined ? undefined : (defaultCodec.decode(entry.args) as unknown[])),
    value: async () => decodeWith({ ...entry, value: new Uint8Array(entry.value) }, codec),
    remove: async () => {
      let count = 0
      const request = removeRequest(
        [headKey],
        [storeKey, ...entry.older],
        (candidate, key) => key === storeKey && candidate?.createdAtMs === entry.createdAtMs,
        removed => {
          count = removed
        },
      )
      await store.write(request)
      return count > 0
    },
  })
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

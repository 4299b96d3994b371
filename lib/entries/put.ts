import { crc32 } from 'node:zlib'
import type { Change } from '../stores/store.ts'
import { decodeHead, type Entry, type EntryHead, encodeEntry, encodeHead, type LyingHead } from './entry.ts'

/** From this size on, a value is handed over beside its head: nobody has to copy it. */
const LARGE_VALUE_BYTES = 4_096

/** How a store comes to hold something: where it stands among what may be dropped, and until when it is of use. */
export type Standing = Pick<Change, 'rank' | 'expiresAtMs'>

/** Puts `entry` under `storeKey`. The checksum of its value is taken once, however often the plan is asked. */
export function putterOf(entry: Entry): (storeKey: string, head: EntryHead, standing: Standing) => Change {
  const { value } = entry
  if (value.byteLength < LARGE_VALUE_BYTES)
    return (key, head, standing) => ({ key, bytes: encodeEntry({ ...head, value }, key), ...standing })
  const lying = { valueBytes: value.byteLength, valueSum: crc32(value) }
  return (key, head, standing) => ({ key, bytes: encodeHead(head, lying, key), tail: value, ...standing })
}

/** The values that a store may bring to the disk before it is asked to put them. */
export function largeValuesOf(entry: Entry): readonly Uint8Array[] {
  return entry.value.byteLength < LARGE_VALUE_BYTES ? [] : [entry.value]
}

/** Puts what lies under `from` under `storeKey`, with another head; the value stays as it is, unread. */
export function moveOf(
  storeKey: string,
  head: EntryHead,
  from: { readonly key: string; readonly lying: LyingHead },
  standing: Standing,
): Change {
  const { key, lying } = from
  const bytes = encodeHead(head, lying, storeKey)
  return { key: storeKey, bytes, tail: { key, from: lying.valueStart }, ...standing }
}

/** Puts a frame as `encodeEntry` gave it. */
export function putOfFrame(storeKey: string, frame: Uint8Array): Change {
  const head = frame.byteLength < LARGE_VALUE_BYTES ? undefined : decodeHead(frame, storeKey)
  if (head === undefined) return { key: storeKey, bytes: frame }
  return { key: storeKey, bytes: frame.subarray(0, head.valueStart), tail: frame.subarray(head.valueStart) }
}

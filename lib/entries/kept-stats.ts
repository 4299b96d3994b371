import { crc32 } from 'node:zlib'
import { hashText } from '../base/hash32.ts'
import { isSoundBody } from '../codec/body.ts'
import { pack, unpack } from '../codec/messagepack.ts'
import { addStats, type CallStats, STATS_FIELDS } from '../events/stats.ts'
import type { WriteRequest } from '../stores/store.ts'
import { namedKey, STATS_PREFIX } from './entry-key.ts'

/** Under which store key lies what the calls of the function of that name came to, in all processes. */
export function statsKeyOf(name: string): string {
  return namedKey(STATS_PREFIX, name)
}

/** Adds `more` to what is kept under `key`: nothing that others add meanwhile is lost. Power loss may take it. */
export function addStatsRequest(key: string, more: CallStats): WriteRequest {
  return {
    reads: [key],
    durable: false,
    plan: current => {
      const kept = decodeStats(current.get(key), key)
      return [{ key, bytes: encodeStats(kept === undefined ? more : addStats(kept, more), key) }]
    },
  }
}

/** A checksum of 4 bytes, little-endian, and the fields as one MessagePack map. */
export function encodeStats(stats: CallStats, key: string): Uint8Array {
  const { misses, ...fields } = stats
  const reasons = Object.entries(misses).filter(([, count]) => count > 0)
  const bytes = pack({ ...fields, misses: Object.fromEntries(reasons) }, SUM_BYTES)
  new DataView(bytes.buffer).setUint32(0, checksum(bytes, key), true)
  return bytes
}

/** Reads what `encodeStats` made for `key`; undefined where there is nothing, or it is damaged. */
export function decodeStats(bytes: Uint8Array | undefined, key: string): CallStats | undefined {
  if (bytes === undefined || bytes.byteLength <= SUM_BYTES) return undefined
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const body = bytes.subarray(SUM_BYTES)
  if (sum !== checksum(bytes, key) || !isSoundBody(body, false)) return undefined
  return readFields(unpack(body))
}

const SUM_BYTES = 4

function checksum(bytes: Uint8Array, key: string): number {
  return crc32(bytes.subarray(SUM_BYTES), hashText(key))
}

/** Every field is looked at. Reasons that a later version may have are passed over. */
function readFields(fields: unknown): CallStats | undefined {
  const read = Object(fields) as Record<string, unknown>
  const kept = addStats()
  for (const field of STATS_FIELDS) {
    const value = read[field]
    if (!isAmount(value)) return undefined
    kept[field] = value
  }
  for (const [reason, count] of Object.entries(Object(read.misses) as object)) {
    if (!isAmount(count)) return undefined
    if (Object.hasOwn(kept.misses, reason)) kept.misses[reason as keyof typeof kept.misses] = count
  }
  return kept
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value)
}

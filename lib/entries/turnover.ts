import { crc32 } from 'node:zlib'
import { hashText } from '../base/hash32.ts'
import type { Change } from '../stores/store.ts'
import { namedKey, TURNOVER_PREFIX } from './entry-key.ts'

const BYTES = 12

/**
 * Under which store key it is noted when a result of a function of that name was last replaced by another one, by the same code,
 * or removed by hand: what was made of such results before is not what it would be now.
 */
export function turnoverKeyOf(name: string): string {
  return namedKey(TURNOVER_PREFIX, name)
}

/** Notes that it was at `nowMs`. */
export function turnoverOf(name: string, nowMs: number): Change {
  const key = turnoverKeyOf(name)
  const bytes = Buffer.alloc(BYTES)
  bytes.writeDoubleLE(nowMs, 4)
  bytes.writeUInt32LE(sumOf(bytes, key), 0)
  return { key, bytes }
}

/** When it was; undefined for never, and where the note is damaged. */
export function readTurnover(bytes: Uint8Array | undefined, name: string): number | undefined {
  if (bytes?.byteLength !== BYTES) return undefined
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, BYTES)
  return view.readUInt32LE(0) === sumOf(view, turnoverKeyOf(name)) ? view.readDoubleLE(4) : undefined
}

function sumOf(bytes: Uint8Array, key: string): number {
  return crc32(bytes.subarray(4), hashText(key))
}

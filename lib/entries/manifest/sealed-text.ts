import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { hashText } from '../../base/hash32.ts'

/** Checksum; format; nothing; when it was written. */
const HEAD_BYTES = 16
const FORMAT = 1

/** `text`, compressed, as it lies under the store key `key`. `text` takes at most `MOST_TEXT_BYTES`. */
export function sealText(text: string, writtenAtMs: number, key: string): Uint8Array {
  const body = deflateRawSync(text)
  const bytes = Buffer.alloc(HEAD_BYTES + body.byteLength)
  bytes[4] = FORMAT
  bytes.writeDoubleLE(writtenAtMs, 8)
  bytes.set(body, HEAD_BYTES)
  bytes.writeUInt32LE(checksum(bytes, key), 0)
  return bytes
}

/** What `sealText` was given for `key`; undefined where it is damaged, of another format, or was written for another key. */
export function openText(bytes: Uint8Array, key: string): string | undefined {
  if (!isSound(bytes, key)) return undefined
  try {
    return inflateRawSync(bytes.subarray(HEAD_BYTES), { maxOutputLength: MOST_TEXT_BYTES }).toString()
  } catch {
    // A right checksum over bytes that nobody compressed: somebody's forgery.
    return undefined
  }
}

/** Whether `bytes` are as they were written for `key`. */
export function isSound(bytes: Uint8Array, key: string): boolean {
  const view = viewOf(bytes)
  return view.length >= HEAD_BYTES && view[4] === FORMAT && view.readUInt32LE(0) === checksum(view, key)
}

/** When sealed bytes were written, as far as they tell. */
export function writtenAtMsOf(bytes: Uint8Array): number {
  return bytes.byteLength < HEAD_BYTES ? 0 : viewOf(bytes).readDoubleLE(8)
}

/** What a text may take before it is compressed. */
export const MOST_TEXT_BYTES = 1 << 20

function checksum(bytes: Buffer, key: string): number {
  return crc32(bytes.subarray(4), hashText(key))
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

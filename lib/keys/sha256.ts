import { createHash, hash } from 'node:crypto'

/** As much as is handed to one call: crypto takes less than 2 GiB at once. */
const CHUNK_BYTES = 1 << 30

/** The sha256 of `data`, read where it lies. Strings are hashed as UTF-8, so they must be well-formed. */
export function sha256(data: string | Uint8Array): Buffer {
  if (typeof data === 'string' || data.byteLength <= CHUNK_BYTES) return hash('sha256', data, 'buffer')
  const running = createHash('sha256')
  for (let at = 0; at < data.byteLength; at += CHUNK_BYTES)
    running.update(data.subarray(at, at + CHUNK_BYTES))
  return running.digest()
}

/** The same as 64 hexadecimal digits. */
export function sha256Hex(data: string | Uint8Array): string {
  if (typeof data === 'string' || data.byteLength <= CHUNK_BYTES) return hash('sha256', data, 'hex')
  return sha256(data).toString('hex')
}

/** The same of any text: one with lone surrogates has no UTF-8, and is hashed as UTF-16. */
export function sha256OfText(text: string): string {
  return sha256Hex(text.isWellFormed() ? text : Buffer.from(text, 'utf16le'))
}

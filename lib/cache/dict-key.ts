import { encodeNamed } from '../codec/codec.ts'
import { plainUserKey } from '../entries/entry-key.ts'
import { renderValue } from './render-call.ts'

/** A key as text, where its store key does not show it; else ''. */
export function labelOf(key: unknown, storeKey: string): string {
  return plainUserKey(storeKey) === undefined ? renderValue(key) : ''
}

/** A key as it is kept beside its value, where its store key does not show it. Throws ERR_CACHE_UNENCODABLE. */
export function keyBytesOf(key: unknown, storeKey: string): Uint8Array | undefined {
  return plainUserKey(storeKey) === undefined ? encodeNamed(key, 'key') : undefined
}

import { sha256Hex } from '../../keys/sha256.ts'
import { LONGEST_NAME, MANIFEST_PREFIX } from '../entry-key.ts'

/** Under which store key lies what the code of that digest was made of, of a function of that name. */
export function manifestKeyOf(name: string, code: string): string {
  return `${manifestListKeyOf(name)}${code}`
}

/** Under which store key lies the list of all manifests of a function. Theirs begin with it. */
export function manifestListKeyOf(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed())
  if (encoded.length <= LONGEST_NAME) return `${MANIFEST_PREFIX}:${encoded}:`
  return `${MANIFEST_PREFIX}:${encoded.slice(0, LONGEST_NAME)}~${sha256Hex(encoded).slice(0, 32)}:`
}

/** Whether a manifest lies there, and no list of them. */
export function isManifestKey(storeKey: string): boolean {
  return storeKey.startsWith(`${MANIFEST_PREFIX}:`) && !storeKey.endsWith(':')
}

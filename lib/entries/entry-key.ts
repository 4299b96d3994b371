import { ARGUMENT_POLICY } from '../fingerprint/argument-policy.ts'
import { digest } from '../keys/canonical.ts'
import { sha256Hex } from '../keys/sha256.ts'

/** Plain strings up to this length are their own store key, readable in any listing. */
const LONGEST_PLAIN = 100
/** Entries under a user's key; those under computed call keys begin with 'c', earlier versions with 'a'. */
export const USER_KEY_PREFIX = 'd'
export const CALL_KEY_PREFIX = 'c'
const OLDER_PREFIX = 'a'
/** Notes of what was dropped to make room: no entries. */
export const NOTE_PREFIX = 'x'
/** What the code of functions was made of: no entries. */
export const MANIFEST_PREFIX = 'm'
/** What the calls of each function came to: no entries either. */
export const STATS_PREFIX = 's'
/** When results of a function last became other ones: no entries. */
export const TURNOVER_PREFIX = 'g'
/** How much of a function's name, encoded, a store key shows. */
export const LONGEST_NAME = 100

/** Whether an entry lies under this store key, and not a note of the store's own. */
export function isOfEntries(storeKey: string): boolean {
  return [USER_KEY_PREFIX, CALL_KEY_PREFIX, OLDER_PREFIX].includes(storeKey.charAt(0))
}

/**
 * The store key of a user's key: equal for keys of equal structure, different for all others. Short strings and numbers
 * as they are, everything else by digest. Throws ERR_CACHE_UNKEYABLE; `root` is what the key is called there.
 */
export function userKeyOf(key: unknown, root = 'key'): string {
  if (typeof key === 'string' && key.length <= LONGEST_PLAIN && key.isWellFormed() && !/\p{Cc}/u.test(key)) {
    return `${USER_KEY_PREFIX}"${key}`
  }
  if (typeof key === 'number') return `${USER_KEY_PREFIX}#${Object.is(key, -0) ? '-0' : key}`
  return `${USER_KEY_PREFIX}:${digest(key, { root, policy: ARGUMENT_POLICY })}`
}

/** The user's key, where the store key shows it; else undefined, and the entry itself must tell. */
export function plainUserKey(storeKey: string): string | number | undefined {
  if (storeKey[1] === '"') return storeKey.slice(2)
  return storeKey[1] === '#' ? Number(storeKey.slice(2)) : undefined
}

/** The store key of a call with a computed key: with the function's name, so that its entries can be listed. */
export function callKeyOf(name: string, callDigest: string): string {
  return `${callKeyPrefix(name)}${callDigest}`
}

export function callKeyPrefix(name: string): string {
  return `${CALL_KEY_PREFIX}:${encodeURIComponent(name.toWellFormed()).slice(0, LONGEST_NAME)}:`
}

/** The store key of what is noted of the function of that name; `prefix` says what that is. A long name is cut, and a hash joined to it. */
export function namedKey(prefix: string, name: string, joint = ':'): string {
  const encoded = encodeURIComponent(name.toWellFormed())
  if (encoded.length <= LONGEST_NAME) return `${prefix}:${encoded}`
  return `${prefix}:${encoded.slice(0, LONGEST_NAME)}${joint}${sha256Hex(encoded).slice(0, 32)}`
}

/** The call key as `keyOf` gives it: a digest in hexadecimal digits. */
export function keyText(storeKey: string): string {
  if (storeKey.startsWith(CALL_KEY_PREFIX) || storeKey[1] === ':')
    return storeKey.slice(storeKey.lastIndexOf(':') + 1)
  return digest(plainUserKey(storeKey))
}

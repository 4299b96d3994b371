import { MANIFEST_PREFIX, namedKey } from '../entry-key.ts'

/** Under which store key lies what the code of that digest was made of, of a function of that name. */
export function manifestKeyOf(name: string, code: string): string {
  return `${manifestListKeyOf(name)}${code}`
}

/** Under which store key lies the list of all manifests of a function. Theirs begin with it. */
export function manifestListKeyOf(name: string): string {
  return `${namedKey(MANIFEST_PREFIX, name, '~')}:`
}

/** Whether a manifest lies there, and no list of them. */
export function isManifestKey(storeKey: string): boolean {
  return storeKey.startsWith(`${MANIFEST_PREFIX}:`) && !storeKey.endsWith(':')
}

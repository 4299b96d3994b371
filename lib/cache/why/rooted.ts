import type { Finding } from '../../fingerprint/findings.ts'
import type { Part } from '../../fingerprint/part.ts'

/** How fingerprints call a function without a name. */
const NAMELESS = 'the function'

/** `part`, or a finding, whose way begins at `root` in the place of a function without a name. */
export function rooted<T extends Part | Finding>(item: T, root: string): T {
  const { path } = item
  if (path !== NAMELESS && !path.startsWith(`${NAMELESS} >`)) return item
  return { ...item, path: root + path.slice(NAMELESS.length) }
}

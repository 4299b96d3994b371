import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of this checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The files below `folder` (relative to the root) that `isWanted`, relative to the root, with `/`, sorted. */
export function filesBelow(folder: string, isWanted: (path: string) => boolean): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(isWanted)
    .sort()
}

/** Every source file of the library. */
export function libFiles(): readonly string[] {
  return filesBelow('lib', path => path.endsWith('.ts'))
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

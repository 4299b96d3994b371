import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, sep } from 'node:path'

/** The project that the running script belongs to: its folder, and a folder name for its cache that no other project has. */
export interface Project {
  readonly root: string
  readonly cacheName: string
}

let current: Project | undefined

/** That of this process. */
export function currentProject(): Project {
  const script = process.argv[1]
  current ??= findProject(script !== undefined && isAbsolute(script) ? script : undefined, process.cwd())
  return current
}

/**
 * The nearest folder with a package.json above `script` (the main script's path), else above `cwd`, else `cwd` itself.
 * A script inside node_modules (a test runner, say) works for the project that installed it.
 */
export function findProject(script: string | undefined, cwd: string): Project {
  const starts = [script === undefined ? undefined : dirname(beforeNodeModules(script)), cwd]
  const root = starts.map(start => (start === undefined ? undefined : rootAbove(start))).find(Boolean) ?? cwd
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 12)
  return { root, cacheName: `${safeName(nameOf(root))}-${digest}` }
}

/** Half of a letter beyond 16 bits, cut through. */
const LONE_HALF = /[\ud800-\udbff]$/

/** `name` as a part of a file name: letters, digits, dot, dash and underscore, at most 64 of them. */
export function safeName(name: string): string {
  const safe = name
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._]+/, '')
    .slice(0, 64)
    .replace(LONE_HALF, '')
  return safe === '' ? '_' : safe
}

function beforeNodeModules(path: string): string {
  const at = path.indexOf(`${sep}node_modules${sep}`)
  return at === -1 ? path : join(path.slice(0, at), 'x')
}

function rootAbove(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

function nameOf(root: string): string {
  try {
    const name: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name
    if (typeof name === 'string' && name !== '') return name
  } catch {
    // No package.json, or one that nobody can read: the folder's name says enough.
  }
  return root.slice(root.lastIndexOf(sep) + 1)
}

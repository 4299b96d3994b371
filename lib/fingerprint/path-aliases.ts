import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { unlessAbsent } from '../files/errno.ts'
import { packageTargets } from './package-targets.ts'

/**
 * The paths that `specifier` may stand for by the `paths` and `baseUrl` of the nearest tsconfig.json, or jsconfig.json, above
 * the file `from`, and of those that it extends by path. Compilers and loaders of TypeScript go by them, Node does not.
 */
export function aliasTargets(specifier: string, from: string): readonly string[] {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const aliases = aliasesIn(join(folder, name), MOST_EXTENDED)
      if (aliases !== undefined) return pathsFor(specifier, aliases)
    }
    if (dirname(folder) === folder) return []
  }
}

interface Aliases {
  readonly paths?: unknown
  /** What the paths are relative to. */
  readonly folder?: string
  readonly baseUrl?: string
}

const MOST_EXTENDED = 8

function pathsFor(specifier: string, { paths, folder, baseUrl }: Aliases): readonly string[] {
  const start = baseUrl ?? folder
  const named =
    start === undefined
      ? []
      : packageTargets(prefixed(paths), PREFIX + specifier).map(path => resolve(start, path))
  return baseUrl === undefined ? named : [...named, resolve(baseUrl, specifier)]
}

/** As the names in a package.json begin, so that a table of one is told from anything else. */
const PREFIX = '#'

function prefixed(paths: unknown): Readonly<Record<string, unknown>> {
  if (typeof paths !== 'object' || paths === null) return {}
  return Object.fromEntries(Object.entries(paths).map(([name, target]) => [PREFIX + name, target]))
}

/** Undefined where there is no such file. What a file says itself goes before what it extends. */
function aliasesIn(file: string, depth: number): Aliases | undefined {
  const text = unlessAbsent(() => readFileSync(file, 'utf8'))
  if (text === undefined) return undefined
  const config = parsed(text)
  const options = config.compilerOptions
  const { paths, baseUrl }: { readonly paths?: unknown; readonly baseUrl?: unknown } =
    typeof options === 'object' && options !== null ? options : {}
  const own: Aliases = {
    ...(paths === undefined ? {} : { paths, folder: dirname(file) }),
    ...(typeof baseUrl === 'string' ? { baseUrl: resolve(dirname(file), baseUrl) } : {}),
  }
  return depth === 0 ? own : { ...extended(config.extends, dirname(file), depth - 1), ...own }
}

function extended(names: unknown, folder: string, depth: number): Aliases {
  let all: Aliases = {}
  for (const name of Array.isArray(names) ? names : [names]) {
    if (typeof name !== 'string' || !(name.startsWith('.') || isAbsolute(name))) continue
    const path = resolve(folder, name)
    all = { ...all, ...(aliasesIn(path, depth) ?? aliasesIn(`${path}.json`, depth)) }
  }
  return all
}

/** JSON with comments, and with commas too many. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  const bare = text
    .replace(/^\uFEFF/, '')
    .replace(/"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, found => (found.startsWith('/') ? '' : found))
    .replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g, found => (found === ',' ? '' : found))
  try {
    const content: unknown = JSON.parse(bare)
    // Whatever else it is has no such properties.
    return Object(content) as Readonly<Record<string, unknown>>
  } catch {
    // Then the compiler complains.
    return {}
  }
}

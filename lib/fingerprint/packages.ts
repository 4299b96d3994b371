import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pathFrom } from '../base/path-from.ts'

/** Code that somebody else versions. */
export interface PackageFile {
  readonly name: string
  /** '' where the package does not say, or its package.json cannot be read. */
  readonly version: string
  /** The path within the package, with `/`. */
  readonly file: string
}

/**
 * The package that the file at `url`, a `file:` URL or a path, belongs to: what lies under the last `node_modules` on its way
 * there, as pnpm and Yarn's archives have it too. Undefined for a program's own files, and for what tools put into hidden
 * folders of `node_modules`.
 */
export function packageOf(url: string): PackageFile | undefined {
  if (!url.includes('node_modules')) return undefined
  const path = pathOf(url).replaceAll('\\', '/')
  const at = path.lastIndexOf(SEGMENT)
  if (at === -1) return undefined
  const [first = '', ...rest] = path.slice(at + SEGMENT.length).split('/')
  const name = first.startsWith('@') ? `${first}/${rest.shift() ?? ''}` : first
  if (name === '' || name.startsWith('.') || rest.length === 0) return undefined
  return { name, version: versionIn(path.slice(0, at + SEGMENT.length) + name), file: rest.join('/') }
}

/** The file at `url` as people call it: from the working directory on where it lies there, else the whole path. */
export function projectPath(url: string): string {
  const path = pathOf(url)
  return isAbsolute(path) ? pathFrom(process.cwd(), path) : path
}

/** The path of what `url` names: a `file:` URL without its query, and everything else as it is. */
export function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url
  try {
    return fileURLToPath(url)
  } catch {
    // Of another system, or with characters that no path here can have: good for its segments all the same.
    return new URL(url).pathname
  }
}

const SEGMENT = '/node_modules/'
const versions = new Map<string, string>()

function versionIn(folder: string): string {
  let version = versions.get(folder)
  if (version === undefined) {
    version = readVersion(folder)
    versions.set(folder, version)
  }
  return version
}

function readVersion(folder: string): string {
  try {
    const { version }: { readonly version?: unknown } = JSON.parse(
      readFileSync(`${folder}/package.json`, 'utf8'),
    )
    return typeof version === 'string' ? version : ''
  } catch {
    // Missing, damaged, or not to be read by this process: then the name alone counts.
    return ''
  }
}

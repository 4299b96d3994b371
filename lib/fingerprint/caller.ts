import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { errno } from '../files/errno.ts'
import { packageOf, pathOf } from './packages.ts'

/**
 * The path of the file that called into this package: that of the innermost frame on the stack that lies outside of it,
 * and, if there is one, outside of every package. Undefined where no file did, as with `node --eval`. Of a program that
 * is bundled into one file together with this package, that file.
 */
export function callerFile(): string | undefined {
  const isOwn = ownFiles()
  let inPackage: string | undefined
  for (const name of frames()) {
    if (name === undefined || name.startsWith('node:')) continue
    const path = pathOf(name).replace(/[?#].*$/, '')
    if (isOwn(path)) continue
    if (!isAbsolute(path) || TYPED_IN.test(path)) return undefined
    if (packageOf(path) === undefined) return path
    inPackage ??= path
  }
  return inPackage
}

/** `node --eval`, and what comes from standard input. */
const TYPED_IN = /[\\/]\[(?:eval\d*|stdin|worker eval)\]$/
const MOST_FRAMES = 200

/** Where the code of each frame lies, from the inside out; nothing where the stack cannot be looked at. */
function frames(): readonly (string | undefined)[] {
  const { prepareStackTrace, stackTraceLimit } = Error
  try {
    Error.stackTraceLimit = MOST_FRAMES
    // Asked for each frame itself: a text of the stack can have been mapped to other files.
    Error.prepareStackTrace = (_, sites) => sites.map(site => site.getFileName() ?? undefined)
    const stack: unknown = new Error('where').stack
    return Array.isArray(stack) ? stack : []
  } catch {
    // Intrinsics are frozen.
    return []
  } finally {
    restore({ prepareStackTrace, stackTraceLimit })
  }
}

function restore({
  prepareStackTrace,
  stackTraceLimit,
}: Pick<typeof Error, 'prepareStackTrace' | 'stackTraceLimit'>): void {
  try {
    Error.stackTraceLimit = stackTraceLimit
    Error.prepareStackTrace = prepareStackTrace
  } catch {
    // Then nothing was changed.
  }
}

let own: ((path: string) => boolean) | undefined

/** Which files are this package's: all of its sources, or the one that it is built into. */
function ownFiles(): (path: string) => boolean {
  own ??= ownFilesOf(here())
  return own
}

/** The same for this package running from the file `here`; none where it is part of a program's bundle. */
export function ownFilesOf(here: string): (path: string) => boolean {
  const sources = /^(.*[\\/]lib[\\/])fingerprint[\\/]caller\.ts$/.exec(here)?.[1]
  if (sources !== undefined) return path => path.startsWith(sources)
  return isThisPackage(here) ? path => path === here : () => false
}

function here(): string {
  const url = import.meta.url as string | undefined
  return url?.startsWith('file:') === true
    ? pathOf(url).replace(/[?#].*$/, '')
    : typeof __filename === 'string'
      ? __filename
      : ''
}

// What cannot be read is taken for this package: its own file would be hashed in place of the program's.
function isThisPackage(file: string): boolean {
  if (packageOf(file)?.name === 'cachedict') return true
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name === 'cachedict'
    } catch (error) {
      if (errno(error) !== 'ENOENT') return true
    }
    if (dirname(folder) === folder) return false
  }
}

import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileDigest } from './file-digest.ts'

/** Under this symbol, an object has a method that says in a short text what counts of it in a key. */
export const CONTENT: unique symbol = Symbol.for('cachedict.content')

/** A file that counts by its content: as an argument, among `deps`, or captured. */
export interface InputFile {
  /** Absolute. */
  readonly path: string
  /** `sha256:…` of the content as it is now, or `absent`. Throws ERR_CACHE_READ. */
  readonly [CONTENT]: () => string
}

/** Stands for the file at `path`: see `inputFile`. */
export function makeInputFile(path: string | URL): InputFile {
  const absolute = pathOf(path)
  const file = { path: absolute }
  // Not enumerable: what is printed or sent as JSON is the path.
  Object.defineProperty(file, CONTENT, { value: () => fileDigest(absolute, Date.now()) })
  // The property was defined just now.
  return Object.freeze(file) as InputFile
}

function pathOf(path: unknown): string {
  if (path instanceof URL) {
    if (path.protocol === 'file:') return fileURLToPath(path)
    throw new TypeError(`inputFile takes a path or a file: URL, and not ${path.protocol}// URLs.`)
  }
  if (typeof path === 'string' && path !== '') return resolve(path)
  throw new TypeError(`inputFile takes a path or a file: URL, and not ${path === '' ? "''" : typeof path}.`)
}

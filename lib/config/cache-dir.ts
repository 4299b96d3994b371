import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPackage } from '../base/load-package.ts'
import { environment } from './environment.ts'
import { currentProject } from './project.ts'

const TAG = `Signature: 8a477f597d28d172789f06886806bc55
# This folder holds what cachedict kept; it can be removed at any time. See https://bford.info/cachedir/
`

let chosen: string | undefined
let found: string | undefined

/** Where caches with plain names lie: for this whole process. */
export const config = Object.freeze({
  /**
   * The cache folder: what `setCacheDir` said, else the environment variable CACHEDICT_DIR, else the user's cache folder
   * for this project. It need not exist yet.
   */
  getCacheDir(): string {
    if (chosen !== undefined) return chosen
    const told = environment.cacheDir()
    if (told !== undefined) return resolve(told)
    found ??= defaultCacheDir()
    return found
  },

  /** Takes `dir`, relative to the working directory or a `file:` URL, from now on; stores already open stay where they are. */
  setCacheDir(dir: string | URL): void {
    if (!(dir instanceof URL) && (typeof dir !== 'string' || dir === '')) {
      throw new TypeError(`setCacheDir got ${String(dir)}: give the path of a folder, or a file: URL.`)
    }
    chosen = resolve(dir instanceof URL || dir.startsWith('file:') ? fileURLToPath(dir) : dir)
  },
})

/** Creates the cache folder, private to the user and marked for backup programs. One that is there stays as it is. */
export function makeCacheDir(dir: string): void {
  const isNew = mkdirSync(dir, { recursive: true, mode: 0o700 }) !== undefined
  if (isNew) writeFileSync(join(dir, 'CACHEDIR.TAG'), TAG, { mode: 0o600 })
}

function defaultCacheDir(): string {
  const { default: envPaths } = loadPackage('env-paths') as typeof import('env-paths')
  return join(envPaths('cachedict', { suffix: '' }).cache, currentProject().cacheName)
}

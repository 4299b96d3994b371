import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onceFor } from '../base/once-for.ts'
import { config, makeCacheDir } from '../config/cache-dir.ts'
import { FileStore } from './file/file-store.ts'
import { LmdbStore } from './lmdb/lmdb-store.ts'
import { MemoryStore } from './memory-store.ts'
import type { Store } from './store.ts'

/** Where entries live: a file path, a URL, an open store, or a `Map` to keep them in. */
export type CachePath = string | URL | Store | Map<string, Uint8Array>

/** What the path of an LMDB store ends in. */
const LMDB = '.lmdb'

const stores = new Map<string, Store>()
let closings = 0

/**
 * The store at `path`: one for all who name the same place in this process, until `closeStores`.
 * `'name'` lies in the cache folder, `'./name'` in the working directory; `memory:` and `memory:name` in this process. A
 * path that ends in `.lmdb`, or begins with `lmdb:`, names an LMDB store, whose folder always ends in `.lmdb`.
 * Throws `TypeError` for a path that names no store. Nothing is created before the first write.
 */
export function openStoreAt(path: CachePath): Store {
  if (path instanceof Map) return storeOfMap(path)
  if (isStore(path)) return path
  const { location, cacheDir } = locate(path)
  const known = stores.get(location)
  if (known !== undefined) return known
  const prepare = cacheDir === undefined ? undefined : () => makeCacheDir(cacheDir)
  const store = openAt(location, prepare)
  stores.set(location, store)
  return store
}

function openAt(location: string, prepare: (() => void) | undefined): Store {
  if (location.startsWith('memory:')) return new MemoryStore()
  if (location.endsWith(LMDB)) return new LmdbStore(location, prepare)
  return new FileStore(location, prepare)
}

/** Another number after every closing: whoever holds a store from before has to open it again. */
export function storesEpoch(): number {
  return closings
}

/** Opens a store by its path; an open one is given back as it is. */
export async function openStore(path: CachePath): Promise<Store> {
  return openStoreAt(path)
}

const closingListeners: ((store: Store) => Promise<void>)[] = []

/** Calls `listener` with each store that is about to be closed, and waits for it: its last chance to write there. */
export function onClosing(listener: (store: Store) => Promise<void>): void {
  closingListeners.push(listener)
}

/** Closes every store that was opened by a path, or only the one at `path`. The next use opens it again. */
export async function closeStores(path?: CachePath): Promise<void> {
  closings += 1
  const open = [...stores].filter(([, store]) => path === undefined || store === openStoreAt(path))
  for (const [location, store] of open) {
    stores.delete(location)
    for (const tell of closingListeners) await tell(store)
    await store.close()
  }
}

interface Location {
  /** An absolute file path, free of symbolic links, or `memory:…`. */
  readonly location: string
  /** The cache folder, where the file lies in it. */
  readonly cacheDir?: string
}

function locate(path: string | URL): Location {
  const text = String(path)
  if (typeof path !== 'string' && !(path instanceof URL)) throw noPath(text, 'it is no path')
  if (text === '' || text === 'lmdb:' || text.includes('\0')) throw noPath(text, 'it is no path')
  if (text.startsWith('memory:')) return { location: text }
  if (text.startsWith('lmdb:')) return locate(lmdbPath(text.slice('lmdb:'.length)))
  if (text.startsWith('file:')) return { location: realPath(fileURLToPath(text)) }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]
  if (scheme !== undefined) throw noPath(`${scheme}:…`, `there is no store for ${scheme}:`)
  if (/^~[/\\]/.test(text)) throw noPath(text, 'the shell expands ~, and nobody else does; use os.homedir()')
  if (text.endsWith('/') || text.endsWith(sep)) throw noPath(text, 'it names a folder')
  if (isAbsolute(text)) return { location: realPath(text) }
  if (/^\.\.?([/\\]|$)/.test(text)) return { location: realPath(resolve(text)) }
  const cacheDir = config.getCacheDir()
  const file = resolve(cacheDir, text)
  if (!file.startsWith(cacheDir + sep)) throw noPath(text, 'it leads out of the cache folder')
  return { location: realPath(file), cacheDir }
}

/** `x` and `x.lmdb` are one store; what names none goes on as it is, and is refused. */
function lmdbPath(path: string): string {
  return path.endsWith(LMDB) || /[/\\:]$|^\w+:/.test(path) ? path : path + LMDB
}

/** One file, one name: two paths through symbolic links must meet in the same journal and lock. */
function realPath(file: string): string {
  if (existsSync(file)) return realpathSync(file)
  const folder = dirname(file)
  return folder === file ? file : join(realPath(folder), basename(file))
}

const storeOfMap = onceFor((map: Map<string, Uint8Array>) => new MemoryStore(map))

function isStore(path: unknown): path is Store {
  return (
    typeof path === 'object' && path !== null && 'traits' in path && typeof (path as Store).get === 'function'
  )
}

function noPath(text: string, why: string): TypeError {
  return new TypeError(
    `Cannot keep a cache at ${JSON.stringify(text)}: ${why}. ` +
      `Give a file path ('name' lies in the cache folder, './name' here; 'name.lmdb' is a database), a file: URL, 'memory:', a Map, or an open store.`,
  )
}

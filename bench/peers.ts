import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A package that people keep things with instead, seen as a dictionary from text to values. */
export interface Peer {
  readonly name: string
  /** What becomes of a value that was set: a sync is what takes longest. */
  readonly note: string
  /** The modules that a program imports to use it. */
  readonly modules: readonly string[]
  /** Opens what lies in `folder`, or begins it. */
  open(folder: string): Promise<PeerCache>
}

export interface PeerCache {
  get(key: string): unknown
  set(key: string, value: unknown): unknown
  setMany(entries: Readonly<Record<string, unknown>>): unknown
  /** Writes out what was set, where `set` has not. */
  save(): unknown
  close(): unknown
}

interface FlatCacheModule {
  create(options: { cacheId: string; cacheDir: string }): {
    get(key: string): unknown
    set(key: string, value: unknown): void
    save(force?: boolean): void
  }
}

export const flatCache: Peer = {
  name: 'flat-cache',
  note: 'save() rewrites one JSON file in place, unsynced',
  modules: ['flat-cache'],
  async open(folder) {
    const { create } = await load<FlatCacheModule>('flat-cache')
    const cache = create({ cacheId: 'flat.json', cacheDir: folder })
    return {
      get: key => cache.get(key),
      set: (key, value) => cache.set(key, value),
      setMany: entries => {
        for (const [key, value] of Object.entries(entries)) cache.set(key, value)
      },
      save: () => cache.save(true),
      close: () => {},
    }
  },
}

interface KeyvModule {
  readonly default: new (options: {
    store: unknown
  }) => {
    get(key: string): Promise<unknown>
    set(key: string, value: unknown): Promise<boolean>
    setMany(entries: readonly { key: string; value: unknown }[]): Promise<boolean[]>
    disconnect(): Promise<void>
  }
}

interface KeyvSqliteModule {
  readonly default: new (uri: string) => { query(sql: string): Promise<unknown> }
}

export const keyvSqlite: Peer = {
  name: 'keyv + @keyv/sqlite',
  note: 'one transaction a value, synced',
  modules: ['keyv', '@keyv/sqlite'],
  open: folder => openKeyv(folder),
}

/** For setting up, not for measuring: keyv itself offers no transaction over many values. */
export async function fillKeyv(folder: string, entries: Readonly<Record<string, unknown>>): Promise<void> {
  const cache = await openKeyv(folder)
  await cache.query('BEGIN')
  await cache.setMany(entries)
  await cache.query('COMMIT')
  await cache.close()
}

async function openKeyv(
  folder: string,
): Promise<PeerCache & { readonly query: (sql: string) => Promise<unknown> }> {
  const { default: Keyv } = await load<KeyvModule>('keyv')
  const { default: KeyvSqlite } = await load<KeyvSqliteModule>('@keyv/sqlite')
  mkdirSync(folder, { recursive: true })
  const store = new KeyvSqlite(`sqlite://${join(folder, 'keyv.sqlite')}`)
  const keyv = new Keyv({ store })
  return {
    get: key => keyv.get(key),
    set: (key, value) => keyv.set(key, value),
    setMany: entries => keyv.setMany(Object.entries(entries).map(([key, value]) => ({ key, value }))),
    save: () => {},
    close: () => keyv.disconnect(),
    query: sql => store.query(sql),
  }
}

interface NodePersistModule {
  readonly default: {
    create(options: { dir: string; writeQueue: boolean; expiredInterval: boolean }): {
      init(): Promise<unknown>
      getItem(key: string): Promise<unknown>
      setItem(key: string, value: unknown): Promise<unknown>
      stopWriteQueueInterval(): void
    }
  }
}

export const nodePersist: Peer = {
  name: 'node-persist',
  note: 'a JSON file per value, in place, unsynced',
  modules: ['node-persist'],
  async open(folder) {
    const { default: persist } = await load<NodePersistModule>('node-persist')
    // Its write queue would write once a second, and make whoever waits for a value wait that long.
    const storage = persist.create({ dir: folder, writeQueue: false, expiredInterval: false })
    await storage.init()
    return {
      get: key => storage.getItem(key),
      set: (key, value) => storage.setItem(key, value),
      setMany: async entries => {
        for (const [key, value] of Object.entries(entries)) await storage.setItem(key, value)
      },
      save: () => {},
      close: () => storage.stopWriteQueueInterval(),
    }
  },
}

type Memoized<A extends readonly unknown[], T> = (...args: A) => Promise<T>

interface MemoizeFsModule {
  readonly default: (options: { cachePath: string }) => {
    fn<A extends readonly unknown[], T>(fn: (...args: A) => T | Promise<T>): Promise<Memoized<A, T>>
    getCacheFilePath(fn: unknown, args: readonly unknown[], options: object): string
  }
}

/** No dictionary: it wraps functions, as `decorate` does. */
export const memoizeFs = {
  name: 'memoize-fs',
  note: 'a JSON file per call, in place, unsynced',
  modules: ['memoize-fs'],
  open: async (folder: string) => (await load<MemoizeFsModule>('memoize-fs')).default({ cachePath: folder }),
}

/** A folder for `peer` in `parent`. */
export function folderOf({ name }: Pick<Peer, 'name'>, parent: string): string {
  return join(parent, name.replaceAll(/\W+/g, '-'))
}

/** Those of `peers` that are installed: the native part of one may be missing where there is no compiler. */
export function installed<P extends Pick<Peer, 'modules'>>(peers: readonly P[]): readonly P[] {
  return peers.filter(({ modules }) => modules.every(isInstalled))
}

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== ''
  } catch {
    return false
  }
}

/** A module that the package itself does not depend on, and has no types of. */
async function load<T>(name: string): Promise<T> {
  return (await import(name)) as T
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { load, type Peer, type PeerCache } from './peer.ts'

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

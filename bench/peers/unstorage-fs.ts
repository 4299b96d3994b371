import { load, type Peer } from './peer.ts'

interface UnstorageModule {
  createStorage(options: { driver: unknown }): {
    getItem(key: string): Promise<unknown>
    setItem(key: string, value: unknown): Promise<void>
    setItems(items: readonly { key: string; value: unknown }[]): Promise<void>
    dispose(): Promise<void>
  }
}

interface FsDriverModule {
  readonly default: (options: { base: string }) => unknown
}

export const unstorageFs: Peer = {
  name: 'unstorage, fs driver',
  note: 'a JSON file per value, in place, unsynced',
  modules: ['unstorage', 'unstorage/drivers/fs'],
  async open(folder) {
    const { createStorage } = await load<UnstorageModule>('unstorage')
    const { default: fsDriver } = await load<FsDriverModule>('unstorage/drivers/fs')
    const storage = createStorage({ driver: fsDriver({ base: folder }) })
    return {
      // It gives null for nothing.
      get: async key => (await storage.getItem(key)) ?? undefined,
      set: (key, value) => storage.setItem(key, value),
      setMany: entries => storage.setItems(Object.entries(entries).map(([key, value]) => ({ key, value }))),
      save: () => {},
      close: () => storage.dispose(),
    }
  },
}

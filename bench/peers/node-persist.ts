import { load, type Peer } from './peer.ts'

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

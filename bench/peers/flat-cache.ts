import { load, type Peer } from './peer.ts'

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

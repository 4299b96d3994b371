import { load, type Peer } from './peer.ts'

interface CacacheModule {
  readonly default: {
    put(cache: string, key: string, data: string): Promise<unknown>
    get(cache: string, key: string): Promise<{ readonly data: Buffer }>
  }
}

export const cacache: Peer = {
  name: 'cacache',
  note: 'a file per content and an index, verified; unsynced',
  modules: ['cacache'],
  async open(folder) {
    const { default: store } = await load<CacacheModule>('cacache')
    const set = (key: string, value: unknown) => store.put(folder, key, JSON.stringify(value))
    return {
      get: async key => {
        try {
          return JSON.parse((await store.get(folder, key)).data.toString())
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
          throw error
        }
      },
      set,
      setMany: async entries => {
        for (const [key, value] of Object.entries(entries)) await set(key, value)
      },
      save: () => {},
      close: () => {},
    }
  },
}

import { load } from './peer.ts'

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

/** The package as its users get it: the types of the sources, the code of the build. */
export type Cachedict = typeof import('../lib/index.ts')

/** Loads the built package. `run.ts` says where it lies. */
export function loadCachedict(): Promise<Cachedict> {
  return import(builtUrl())
}

export function builtUrl(): string {
  const url = process.env.BENCH_PACKAGE
  if (url === undefined) throw new Error('BENCH_PACKAGE is not set. Start this by `npm run bench`.')
  return url
}

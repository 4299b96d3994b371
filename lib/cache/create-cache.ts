import { OWN_TOOL } from '../base/own-tool.ts'
import { type CachePath, closeStores } from '../stores/open-store.ts'
import type { Access } from './access.ts'
import { CacheDict } from './cache-dict.ts'
import { DEFAULT_PLACE, decorate } from './decorate.ts'
import {
  checkDecorateOptions,
  checkDictOptions,
  type DecorateOptions,
  type DictOptions,
  mergeOptions,
} from './options.ts'
import { SingleValueCache } from './single-value-cache.ts'
import { withCache } from './with-cache.ts'

export type CacheDefaults = DecorateOptions & DictOptions

/** The public functions with shared defaults: what a call says itself goes before them. */
export interface Cache {
  /** As the function of that name. */
  readonly withCache: typeof withCache
  readonly decorate: typeof decorate
  /** Without a path, a file of the function's name, and never the default path: it would replace what lies there. */
  readonly singleValue: (path?: CachePath, access?: Access, options?: DecorateOptions) => SingleValueCache
  readonly open: typeof CacheDict.open
  /** The same with some defaults replaced. */
  with(overrides: CacheDefaults): Cache
  /** Closes the store at the default path; its next use opens it again. */
  close(): Promise<void>
}

/** `withCache`, `decorate`, `SingleValueCache` and `CacheDict.open` with common defaults. `TypeError` for options that make no sense. */
export function createCache(defaults: CacheDefaults = {}): Cache {
  const { onError, exclusive, ...forFunctions } = defaults
  const { path: ownPath, ...forSingleValues } = forFunctions
  const forDicts = withoutUndefined({ onError, exclusive, codec: defaults.codec })
  checkDecorateOptions(forFunctions)
  checkDictOptions(forDicts)
  const pathOr = (path: CachePath | undefined): CachePath => path ?? ownPath ?? DEFAULT_PLACE.path
  const cache = {
    withCache: (path: CachePath, ...rest: readonly unknown[]) => {
      const [access, body, options] = typeof rest[0] === 'function' ? [undefined, rest[0], undefined] : rest
      const settled = { ...forDicts, ...(options as DictOptions | undefined) }
      return withCache(
        pathOr(path),
        (access ?? defaults.access ?? 'rew') as Access,
        body as () => unknown,
        settled,
      )
    },
    decorate: (...args: readonly unknown[]) => {
      const [first, second] = args
      if (typeof first !== 'function')
        return decorate(mergeOptions(forFunctions, (first ?? {}) as DecorateOptions))
      const isContext = typeof second === 'object' && second !== null && 'addInitializer' in second
      if (isContext)
        return decorate(forFunctions)(first as () => unknown, second as ClassMethodDecoratorContext)
      return decorate(first as () => unknown, mergeOptions(forFunctions, (second ?? {}) as DecorateOptions))
    },
    singleValue: (path?: CachePath, access?: Access, options: DecorateOptions = {}) =>
      new SingleValueCache(path, access, mergeOptions(forSingleValues, options)),
    open: (path: CachePath, access?: Access, options?: DictOptions) =>
      CacheDict.open(pathOr(path), access ?? defaults.access, { ...forDicts, ...options }),
    with: (overrides: CacheDefaults) => createCache(mergeOptions(defaults, overrides)),
    close: () => closeStores(pathOr(undefined)),
  }
  Object.defineProperty(cache, OWN_TOOL, { value: true })
  // Each takes what the function of its name takes, overloads included, and passes it on.
  return Object.freeze(cache) as unknown as Cache
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

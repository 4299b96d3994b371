import { types } from 'node:util'
import type { AnyFunction } from '../base/any-function.ts'
import { ORIGINAL } from '../keys/source.ts'
import type { CachePath } from '../stores/open-store.ts'
import type { CachedFunction, CacheMembers, FunctionStats } from './cached-function.ts'
import { FunctionCache } from './function-cache.ts'
import { entriesOf, historyOf, removeEntries, removeEntry } from './function-entries.ts'
import { NoCache } from './no-cache.ts'
import { type BoundOptions, type DecorateOptions, mergeOptions } from './options.ts'

/** What is fixed about a function's entries besides its options. */
export interface WrapPlace {
  /** Where entries go if the options do not say. */
  readonly path: CachePath
  /** One entry at a time. */
  readonly alone: boolean
  /** How much its store may hold where nobody says. */
  readonly bounds?: BoundOptions
}

/** A function that does what `fn` does, through the cache: same name, length, `this`, and sync or async nature. */
export function wrap<F extends AnyFunction>(
  fn: F,
  options: DecorateOptions<F>,
  place: WrapPlace,
): CachedFunction<F> {
  // Options are written for the arguments of F, and are only ever called with those.
  const cache = new FunctionCache(fn, options as DecorateOptions, place)
  const cached = types.isAsyncFunction(fn)
    ? async function (this: unknown, ...args: unknown[]) {
        return cache.call(this, args)
      }
    : function (this: unknown, ...args: unknown[]) {
        return cache.call(this, args)
      }
  Object.defineProperties(cached, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
    [ORIGINAL]: { value: fn },
  })
  for (const [name, value] of Object.entries(membersOf(cached, cache, fn, options, place))) {
    Object.defineProperty(cached, name, { value, configurable: true })
  }
  // It takes and gives what F does, and has just got the rest.
  return cached as unknown as CachedFunction<F>
}

function membersOf<F extends AnyFunction>(
  cached: AnyFunction,
  cache: FunctionCache,
  fn: F,
  options: DecorateOptions<F>,
  place: WrapPlace,
): CacheMembers<F> {
  // `cached.has(3)` has the function itself as `this`, which is no receiver of the call.
  const receiverOf = (self: unknown) => (self === cached ? undefined : self)
  return {
    original: fn,
    async keyOf(this: unknown, ...args) {
      return cache.keyOf(receiverOf(this), args)
    },
    async has(this: unknown, ...args) {
      return (await cache.look(receiverOf(this), args)).verdict.hit
    },
    async peek(this: unknown, ...args) {
      const { verdict, value } = await cache.look(receiverOf(this), args)
      return verdict.hit && verdict.entry.status === 'value' ? (value as Awaited<ReturnType<F>>) : NoCache
    },
    async why(this: unknown, ...args) {
      return cache.explain(receiverOf(this), args)
    },
    async refresh(this: unknown, ...args): Promise<Awaited<ReturnType<F>>> {
      return (await cache.call(receiverOf(this), args, true)) as Awaited<ReturnType<F>>
    },
    async forget(this: unknown, ...args) {
      return (await removeEntry(cache.owner, cache.storeKeyOf(receiverOf(this), args))) > 0
    },
    clear: () => removeEntries(cache.owner),
    entries: () => entriesOf(cache.owner),
    async history(this: unknown, ...args) {
      return historyOf(cache.owner, cache.storeKeyOf(receiverOf(this), args))
    },
    stats: () => statsOf(cache),
    with: overrides => {
      const merged = mergeOptions(options as DecorateOptions, overrides as DecorateOptions)
      return wrap(fn, merged as unknown as DecorateOptions<F>, place)
    },
  }
}

async function statsOf(cache: FunctionCache): Promise<FunctionStats> {
  let entries = 0
  let sizeBytes = 0
  for await (const entry of entriesOf(cache.owner)) {
    entries += 1
    sizeBytes += entry.sizeBytes
  }
  return Object.freeze({ ...(await cache.stats()), entries, sizeBytes })
}

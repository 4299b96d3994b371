import type { AnyFunction, CalledAs, GivenFunction, NoClass } from '../base/any-function.ts'
import { OWN_TOOL } from '../base/own-tool.ts'
import { defaultCodec } from '../codec/codec.ts'
import { safeName } from '../config/project.ts'
import { decodeEntry } from '../entries/entry.ts'
import { isOfEntries } from '../entries/entry-key.ts'
import { type CachePath, openStoreAt } from '../stores/open-store.ts'
import type { Access } from './access.ts'
import type { CachedFunction } from './cached-function.ts'
import { wrapChecked } from './decorate.ts'
import { decodeWith } from './entry-info.ts'
import { NoCache } from './no-cache.ts'
import type { DecorateOptions } from './options.ts'

/**
 * One value, in one file, of one function: the last result. A call with other arguments than those it was made with is
 * a miss that replaces it (`ignore` can say that arguments do not matter), and so is a call of another function.
 */
export class SingleValueCache {
  static {
    Object.defineProperty(SingleValueCache.prototype, OWN_TOOL, { value: true })
  }
  readonly #options: DecorateOptions
  #path: CachePath | undefined

  /** Without a path, the file is `<function name>.cache` in the cache folder. */
  constructor(path?: CachePath, access?: Access, options: DecorateOptions = {}) {
    this.#path = path ?? options.path
    this.#options = { ...options, ...(access === undefined ? {} : { access }) }
  }

  decorate<F extends GivenFunction>(fn: F & NoClass<F>): CachedFunction<CalledAs<F>>
  decorate<F extends AnyFunction>(fn: F): CachedFunction<F>
  decorate<F extends AnyFunction>(fn: F): CachedFunction<F> {
    this.#path ??= fileOf(fn, this.#options.name)
    // What is said of any function holds for F.
    const options = { ...this.#options, path: this.#path } as unknown as DecorateOptions<F>
    return wrapChecked(fn, options, { path: this.#path, alone: true })
  }

  static decorate<F extends GivenFunction>(
    fn: F & NoClass<F>,
    options?: DecorateOptions<NoInfer<CalledAs<F>>>,
  ): CachedFunction<CalledAs<F>>
  static decorate<F extends AnyFunction>(fn: F, options?: DecorateOptions<F>): CachedFunction<F>
  static decorate<F extends AnyFunction>(fn: F, options: DecorateOptions<F> = {}): CachedFunction<F> {
    return wrapChecked(fn, options, { path: options.path ?? fileOf(fn, options.name), alone: true })
  }

  /** The kept value, whatever the call and the code that made it; NoCache if there is none, or it is damaged. */
  async get(): Promise<unknown | typeof NoCache> {
    if (this.#path === undefined) {
      throw new TypeError(
        'This SingleValueCache has no file yet. Give it a path, or decorate a function first.',
      )
    }
    const store = openStoreAt(this.#path)
    for (const [storeKey] of await store.entries()) {
      const frame = isOfEntries(storeKey) ? await store.get(storeKey) : undefined
      const entry = frame === undefined ? undefined : decodeEntry(frame, storeKey)
      if (entry?.status === 'value') return decodeWith(entry, this.#options.codec ?? defaultCodec)
    }
    return NoCache
  }
}

function fileOf(fn: AnyFunction, name = fn?.name): string {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      'SingleValueCache was given a function without a name. Give a path, or { name: "load" }.',
    )
  }
  return `${safeName(name)}.cache`
}

import type { AnyFunction } from '../base/any-function.ts'
import { isCacheError } from '../base/errors.ts'
import { encodeNamed } from '../codec/codec.ts'
import type { CodeVersion } from '../entries/code-version.ts'
import { keyText, plainUserKey } from '../entries/entry-key.ts'
import { degrade } from '../events/degrade.ts'
import { emit } from '../events/events.ts'
import { type CallStats, StatsFold } from '../events/stats.ts'
import type { CachePath } from '../stores/open-store.ts'
import type { Store } from '../stores/store.ts'
import { accessNow } from './access.ts'
import { type Call, type RecallSettings, type Shelf, tell } from './call.ts'
import { encodeArguments } from './encode-arguments.ts'
import { type Explanation, explain, explainUnkeyable } from './explanation.ts'
import type { Owner } from './function-entries.ts'
import { type FunctionKey, type KeyMaker, keyMakerOf } from './function-key.ts'
import { type Found, look } from './look.ts'
import type { DecorateOptions } from './options.ts'
import { ownStore } from './own-store.ts'
import { missError, recall } from './recall.ts'
import { renderCall } from './render-call.ts'
import { codeVersionOf, resolveDecorate } from './settings.ts'
import { SharedValues } from './shared-values.ts'
import { placeOf, storeShelf } from './store-shelf.ts'

/** How many frozen values one function shares. */
const MOST_SHARED = 1_000

/** Everything behind one cached function: how it is called through the cache, and looked at. */
export class FunctionCache {
  readonly store: () => Store
  readonly #fn: AnyFunction
  readonly #settings: RecallSettings
  readonly #code: () => CodeVersion
  readonly #keyOf: KeyMaker
  readonly #hasUserKeys: boolean
  readonly #shared: SharedValues | undefined
  #shelf: Shelf | undefined
  readonly #stats = new StatsFold()

  /** `path` is where entries go if the options do not say; `alone`: the store holds one entry at a time. */
  constructor(
    fn: AnyFunction,
    options: DecorateOptions,
    { path, alone }: { path: CachePath; alone: boolean },
  ) {
    this.store = ownStore(() => options.path ?? path)
    this.#fn = fn
    this.#settings = { ...resolveDecorate(options, fn, this.store), alone }
    this.#code = codeVersionOf(fn, options)
    this.#keyOf = keyMakerOf(fn, options, this.#settings.name)
    this.#hasUserKeys = options.innerKey !== undefined || options.outerKey !== undefined
    this.#shared = options.share === 'frozen' ? new SharedValues(MOST_SHARED) : undefined
  }

  /** Calls the function through the cache. */
  call(receiver: unknown, args: readonly unknown[], refresh = false): unknown {
    const access = accessNow(this.#settings.access)
    const evaluate = () => Reflect.apply(this.#fn, receiver, args)
    // Neither read nor written: the store is not even opened.
    if (!access.read && !access.write)
      return access.evaluate ? evaluate() : this.#refuse(args, 'not-readable')
    let key: FunctionKey
    try {
      key = this.#keyOf(receiver, args)
    } catch (error) {
      if (this.#settings.strict || !isCacheError(error, 'ERR_CACHE_UNKEYABLE')) throw error
      this.#stats.add('miss', { because: 'unkeyable' })
      emit('miss', { name: this.#settings.name, key: undefined, because: 'unkeyable' })
      if (!access.evaluate) return this.#refuse(args, 'unkeyable')
      degrade(
        `key ${this.#settings.name} ${error.message}`,
        `${error.message} It is computed each time.`,
        error,
      )
      return evaluate()
    }
    return recall(this.#currentShelf(), this.#callOf(key, args, evaluate, refresh))
  }

  /** What a call would find. Throws ERR_CACHE_UNKEYABLE. */
  async look(receiver: unknown, args: readonly unknown[]): Promise<Found> {
    const call = this.#callOf(this.#keyOf(receiver, args), args, () => undefined, false)
    if (!accessNow(this.#settings.access).read)
      return { verdict: { hit: false, because: 'not-readable' }, value: undefined }
    return look(this.#currentShelf(), call)
  }

  async explain(receiver: unknown, args: readonly unknown[]): Promise<Explanation> {
    const title = renderCall(this.#settings.name, args)
    const place = placeOf(this.store())
    try {
      return explain((await this.look(receiver, args)).verdict, title, place)
    } catch (error) {
      if (!isCacheError(error, 'ERR_CACHE_UNKEYABLE')) throw error
      const { path } = error.details
      return explainUnkeyable(title, place, error.message, typeof path === 'string' ? path : undefined)
    }
  }

  /** The store key of a call. Throws ERR_CACHE_UNKEYABLE. */
  storeKeyOf(receiver: unknown, args: readonly unknown[]): string {
    return this.#keyOf(receiver, args).storeKey
  }

  keyOf(receiver: unknown, args: readonly unknown[]): string {
    return keyText(this.storeKeyOf(receiver, args))
  }

  get owner(): Owner {
    return { store: this.store(), settings: this.#settings, code: this.#code, hasUserKeys: this.#hasUserKeys }
  }

  get stats(): CallStats {
    return this.#stats.sum
  }

  #callOf(key: FunctionKey, args: readonly unknown[], evaluate: () => unknown, refresh: boolean): Call {
    return {
      settings: this.#settings,
      storeKey: key.storeKey,
      code: this.#code,
      title: () => renderCall(this.#settings.name, args),
      args,
      labels: () => ({
        key:
          'userKey' in key && plainUserKey(key.storeKey) === undefined
            ? encodeNamed(key.userKey, 'key')
            : undefined,
        args: encodeArguments(key.shown),
      }),
      evaluate,
      refresh,
    }
  }

  #currentShelf(): Shelf {
    const store = this.store()
    if (this.#shelf?.store !== store) {
      this.#shelf = storeShelf(store, this.#shared, (type, call, fields) => {
        this.#stats.add(type, fields)
        tell(type, call, fields)
      })
    }
    return this.#shelf
  }

  #refuse(args: readonly unknown[], because: 'not-readable' | 'unkeyable'): never {
    const access = accessNow(this.#settings.access)
    throw missError(renderCall(this.#settings.name, args), placeOf(this.store()), because, access)
  }
}

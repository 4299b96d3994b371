import type { AnyFunction } from '../base/any-function.ts'
import { type CacheError, isCacheError } from '../base/errors.ts'
import { keyText } from '../entries/entry-key.ts'
import { degrade } from '../events/degrade.ts'
import { type CacheEventType, emit } from '../events/events.ts'
import type { CallStats } from '../events/stats.ts'
import type { CachePath } from '../stores/open-store.ts'
import type { Store } from '../stores/store.ts'
import { accessNow } from './access.ts'
import { type RecallSettings, type Shelf, tell } from './call.ts'
import { isTracked, noteCall } from './evaluation.ts'
import { type Called, FunctionCall } from './function-call.ts'
import type { Owner } from './function-entries.ts'
import { type FunctionKey, keyMakerOf } from './function-key.ts'
import { type KnownFunction, noteFunction, versionOf } from './known-functions.ts'
import { type Found, look } from './look.ts'
import { noteLook } from './note-result.ts'
import type { BoundOptions, DecorateOptions } from './options.ts'
import { ownStore } from './own-store.ts'
import { placeIdOf } from './places.ts'
import { programOf } from './program.ts'
import { recall } from './recall.ts'
import { missError } from './recall-errors.ts'
import { renderCall } from './render-call.ts'
import { resolveBounds, resolveDecorate } from './settings.ts'
import { SharedValues } from './shared-values.ts'
import { placeOf, storeShelf } from './store-shelf.ts'
import { type Tally, tallyOf } from './tally.ts'
import { explainUnkeyable } from './why/explain.ts'
import { explainCall } from './why/explain-call.ts'
import type { Explanation } from './why/explanation.ts'
import { logMiss } from './why/log-miss.ts'

/** How many frozen values one function shares. */
const MOST_SHARED = 1_000

/** Everything behind one cached function: how it is called through the cache, and looked at. */
export class FunctionCache {
  readonly store: () => Store
  readonly #called: Called
  readonly #settings: RecallSettings
  readonly #hasUserKeys: boolean
  readonly #remembers: boolean
  readonly #shared: SharedValues | undefined
  /** As long as it can be called. */
  readonly #known: KnownFunction
  #shelf: Shelf | undefined

  /** `path` is where entries go if the options do not say; `alone`: the store holds one entry at a time. */
  constructor(
    fn: AnyFunction,
    options: DecorateOptions,
    { path, alone, bounds }: { path: CachePath; alone: boolean; bounds?: BoundOptions | undefined },
  ) {
    const bounded = () => resolveBounds(options, bounds)
    this.store = ownStore(() => options.path ?? path, bounded)
    const settings = { ...resolveDecorate(options, fn, this.store), alone }
    const keyOf = keyMakerOf(fn, options, settings.name)
    const program = programOf(fn, options, 'again')
    this.#called = { fn, settings, program, keyOf }
    this.#known = { name: settings.name, path: () => options.path ?? path, program }
    noteFunction(this.#known)
    this.#settings = settings
    this.#remembers = options.memory ?? true
    this.#hasUserKeys = options.innerKey !== undefined || options.outerKey !== undefined
    this.#shared = options.share === 'frozen' ? new SharedValues(MOST_SHARED) : undefined
  }

  /** Calls the function through the cache. */
  call(receiver: unknown, args: readonly unknown[], refresh = false): unknown {
    const access = accessNow(this.#settings.access)
    // Neither read nor written: the store is not even opened.
    if (!access.read && !access.write)
      return access.evaluate ? this.#callBare(receiver, args) : this.#refuse(args, 'not-readable')
    let key: FunctionKey
    try {
      key = this.#called.keyOf(receiver, args)
    } catch (error) {
      if (this.#settings.strict || !isCacheError(error, 'ERR_CACHE_UNKEYABLE')) throw error
      this.#count(this.#tally(), 'miss', { because: 'unkeyable' })
      emit('miss', { name: this.#settings.name, key: undefined, because: 'unkeyable' })
      logMiss(() => this.#explainUnkeyable(args, error))
      if (!access.evaluate) return this.#refuse(args, 'unkeyable')
      degrade(
        `key ${this.#settings.name} ${error.message}`,
        `${error.message} It is computed each time.`,
        error,
      )
      return this.#callBare(receiver, args)
    }
    return recall(
      this.#currentShelf(),
      new FunctionCall(this.#called, key, { access, receiver, args, refresh }),
    )
  }

  /** What it reads belongs to the evaluation inside which it is called, and so does its code. */
  #callBare(receiver: unknown, args: readonly unknown[]): unknown {
    const { fn, settings, program } = this.#called
    if (isTracked()) {
      const { text, values } = versionOf(program)
      const placeId = placeIdOf(this.store())
      noteCall({ placeId, name: settings.name, codeVersion: text, values: values.join(' ') })
    }
    return Reflect.apply(fn, receiver, args)
  }

  /** What a call would find. Throws ERR_CACHE_UNKEYABLE. */
  async look(receiver: unknown, args: readonly unknown[]): Promise<Found> {
    return this.#look(this.#callOf(receiver, args))
  }

  #callOf(receiver: unknown, args: readonly unknown[]): FunctionCall {
    const access = accessNow(this.#settings.access)
    const key = this.#called.keyOf(receiver, args)
    return new FunctionCall(this.#called, key, { access, receiver, args, refresh: false })
  }

  async #look(call: FunctionCall): Promise<Found> {
    if (!call.access.read) return { verdict: { hit: false, because: 'not-readable' }, value: undefined }
    const shelf = this.#currentShelf()
    const found = await look(shelf, call)
    noteLook(shelf, call, found.verdict)
    return found
  }

  async explain(receiver: unknown, args: readonly unknown[]): Promise<Explanation> {
    try {
      const call = this.#callOf(receiver, args)
      return await explainCall(this.#currentShelf(), call, (await this.#look(call)).verdict)
    } catch (error) {
      if (!isCacheError(error, 'ERR_CACHE_UNKEYABLE')) throw error
      return this.#explainUnkeyable(args, error)
    }
  }

  #explainUnkeyable(args: readonly unknown[], { message, details }: CacheError): Explanation {
    const title = renderCall(this.#settings.name, args)
    const path = typeof details.path === 'string' ? details.path : undefined
    return explainUnkeyable(title, placeOf(this.store()), message, path)
  }

  /** The store key of a call. Throws ERR_CACHE_UNKEYABLE. */
  storeKeyOf(receiver: unknown, args: readonly unknown[]): string {
    return this.#called.keyOf(receiver, args).storeKey
  }

  keyOf(receiver: unknown, args: readonly unknown[]): string {
    return keyText(this.storeKeyOf(receiver, args))
  }

  get owner(): Owner {
    const { settings, program } = this.#called
    return { store: this.store(), settings, code: () => program.version(), hasUserKeys: this.#hasUserKeys }
  }

  /** What the calls of all functions of this name came to, in this process and in others. */
  stats(): Promise<CallStats> {
    return this.#tally().sum()
  }

  #currentShelf(): Shelf {
    const store = this.store()
    if (this.#shelf?.store !== store) {
      const tally = this.#tally()
      this.#shelf = storeShelf(store, {
        shared: this.#shared,
        remembers: this.#remembers,
        report: (type, call, fields) => {
          this.#count(tally, type, fields)
          tell(type, call, fields)
        },
      })
    }
    return this.#shelf
  }

  #tally(): Tally {
    return tallyOf(this.store(), this.#settings.name)
  }

  #count(tally: Tally, type: CacheEventType, fields: object): void {
    tally.add({ type, fields, mayWrite: this.#settings.access.write })
  }

  #refuse(args: readonly unknown[], because: 'not-readable' | 'unkeyable'): never {
    const access = accessNow(this.#settings.access)
    throw missError(renderCall(this.#settings.name, args), placeOf(this.store()), because, access)
  }
}

import { equalBytes } from '../base/bytes.ts'
import { CacheError } from '../base/errors.ts'
import { OWN_TOOL } from '../base/own-tool.ts'
import { type Codec, defaultCodec, encodeNamed } from '../codec/codec.ts'
import { ANY_CODE } from '../entries/code-version.ts'
import { decodeEntry, type Entry } from '../entries/entry.ts'
import { keyText, plainUserKey, userKeyOf } from '../entries/entry-key.ts'
import { OF_NOTHING } from '../entries/made-of.ts'
import type { CachePath } from '../stores/open-store.ts'
import type { Access } from './access.ts'
import type { Block } from './block.ts'
import { blockShelf } from './block-shelf.ts'
import type { Call, Shelf } from './call.ts'
import { decorate } from './decorate.ts'
import { dictCall, titleOf, WHATEVER_CODE } from './dict-call.ts'
import { keyBytesOf } from './dict-key.ts'
import { DictUses } from './dict-uses.ts'
import { decodeWith } from './entry-info.ts'
import { look } from './look.ts'
import { checkEvaluateOptions, type DictOptions, type EvaluateOptions } from './options.ts'
import { recall } from './recall.ts'
import { renderValue } from './render-call.ts'
import { reportDamage } from './report-damage.ts'
import { openSession, type Session } from './session.ts'
import { resolveEvaluate } from './settings.ts'
import { SharedValues } from './shared-values.ts'
import { placeOf } from './store-shelf.ts'
import { applyRecipe, refuseLostDefault } from './update.ts'
import { explainCall } from './why/explain-call.ts'
import type { Explanation } from './why/explanation.ts'

/**
 * A dictionary on a store, for the length of one block: keys of any structure, values that can be kept. It shows what
 * was there when it was opened, and what the block does; all of that is committed together at the end. Methods throw
 * ERR_CACHE_UNKEYABLE for a key without a stable identity, and ERR_CACHE_CLOSED after the end.
 */
// biome-ignore lint/suspicious/noExplicitAny: the default of public type parameters, where users want it.
export class CacheDict<V = any, K = any> implements Iterable<[K, V]>, AsyncDisposable {
  static readonly decorate = decorate
  static {
    Object.defineProperty(CacheDict.prototype, OWN_TOOL, { value: true })
  }
  readonly #session: Session
  readonly #codec: Codec
  readonly #values = new SharedValues()
  readonly #uses: DictUses
  readonly #shelf: Shelf

  private constructor(session: Session, codec: Codec) {
    this.#session = session
    this.#codec = codec
    this.#uses = new DictUses(session)
    this.#shelf = blockShelf(session, this.#values)
  }

  /**
   * Opens a dictionary without a block, for `await using`: what it did so far is committed when it is closed, however the
   * scope ends. As `withCache`, but always with `onError: 'keep'`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  static async open<V = any, K = any>(
    path: CachePath,
    access: Access = 'rew',
    options: Omit<DictOptions, 'onError'> = {},
  ): Promise<CacheDict<V, K>> {
    return CacheDict.over<V, K>(
      await openSession(path, access, { ...options, onError: 'keep' }),
      options.codec,
    )
  }

  /** @internal The dictionary of a session. */
  static over<V, K>(session: Session, codec: Codec = defaultCodec): CacheDict<V, K> {
    return new CacheDict<V, K>(session, codec)
  }

  /** How many keys have a value. The first use reads everything once. */
  get size(): number {
    const { size } = this.#block.keys()
    this.#uses.listing('keys')
    return size
  }

  /** Whether there is a value under `key`, undamaged. */
  has(key: K): boolean {
    const storeKey = userKeyOf(key)
    const isThere = this.#block.has(storeKey)
    this.#uses.presence(key, storeKey, isThere)
    return isThere
  }

  /**
   * The value under `key`, or `fallback`. Deeply frozen and the same object each time where the language can freeze it
   * whole; else a fresh copy.
   */
  get(key: K): V | undefined
  get<F>(key: K, fallback: F): V | F
  get<F>(key: K, fallback?: F): V | F | undefined {
    const storeKey = userKeyOf(key)
    const entry = this.#entryAt(storeKey)
    this.#uses.value(key, storeKey, entry)
    // The dictionary's own type says what lies under its keys.
    return entry === undefined ? fallback : (this.#open(entry, storeKey) as V)
  }

  /** Puts a copy of `value` under `key`. Throws ERR_CACHE_UNENCODABLE for what cannot be kept; nothing changes then. */
  set(key: K, value: V): this {
    const storeKey = userKeyOf(key)
    this.#put(key, storeKey, this.#encode(value))
    return this
  }

  /**
   * Replaces the value under `key` by what `recipe` makes of it: it changes the draft that it gets, or returns another
   * value. The draft of a missing key is undefined: a recipe that has a default for it returns the value. Where the recipe
   * throws, nothing changes. Returns the new value, as `get`.
   */
  update(key: K, recipe: (draft: V) => V | void): V {
    if (typeof recipe !== 'function') {
      throw new TypeError(
        `dict.update(${renderValue(key)}, …) was given ${renderValue(recipe)}. Give the recipe: draft => { draft.n = 1 }.`,
      )
    }
    const storeKey = userKeyOf(key)
    const before = this.#entryAt(storeKey)
    this.#uses.value(key, storeKey, before)
    // The value is changed in place: its bytes are read again to compare.
    const fresh = this.#entryAt(storeKey)
    // The recipe of a missing key gets undefined, as documented.
    const value = fresh === undefined ? (undefined as V) : (decodeWith(fresh, this.#codec) as V)
    const made = applyRecipe(value, recipe, before?.value)
    // Nothing there, and nothing made.
    if (before === undefined && made === undefined) {
      refuseLostDefault(recipe, renderValue(key))
      return made
    }
    const bytes = this.#encode(made)
    if (before === undefined || !equalBytes(before.value, bytes)) this.#put(key, storeKey, bytes)
    return this.get(key) as V
  }

  /** Removes `key` with every version of it; whether there was a value. */
  delete(key: K): boolean {
    const storeKey = userKeyOf(key)
    this.#values.forget(storeKey)
    const wasThere = this.#block.delete(storeKey)
    this.#uses.presence(key, storeKey, wasThere)
    this.#uses.write(storeKey)
    return wasThere
  }

  /** Removes every key that is there now. */
  clear(): void {
    for (const storeKey of [...this.#block.keys()]) {
      this.#block.delete(storeKey)
      this.#uses.write(storeKey)
    }
    this.#values.clear()
  }

  *keys(): IterableIterator<K> {
    const storeKeys = this.#block.keys()
    this.#uses.listing('keys')
    for (const storeKey of storeKeys) yield this.#keyAt(storeKey)
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  *entries(): IterableIterator<[K, V]> {
    const storeKeys = this.#block.keys()
    this.#uses.listing('everything')
    for (const storeKey of storeKeys) {
      const entry = this.#entryAt(storeKey)
      this.#uses.expiry(entry)
      if (entry !== undefined) yield [this.#keyAt(storeKey), this.#open(entry, storeKey) as V]
    }
    // What came in between was seen, or not: then nobody can say what.
    this.#uses.listing('everything')
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries()
  }

  forEach(callback: (value: V, key: K, dict: this) => void): void {
    for (const [key, value] of this) callback(value, key, this)
  }

  /**
   * The value under `key`, or else what `fn` gives, kept: durable when this returns, or when the promise resolves.
   * A promise comes back as a promise. Concurrent callers of one key wait for one evaluation. What `fn` throws reaches
   * the caller and is not kept; NoCache returned means: do not keep this. Throws ERR_CACHE_MISS without access `e`.
   */
  evaluate<T>(key: K, fn: () => Promise<T>, options?: EvaluateOptions<T>): Promise<T>
  evaluate<T>(key: K, fn: () => T, options?: EvaluateOptions<T>): T
  evaluate<T>(key: K, fn: () => T, options: EvaluateOptions<T> = {}): T {
    if (typeof fn !== 'function') {
      throw new TypeError(
        `dict.evaluate(${renderValue(key)}, …) was given ${renderValue(fn)}. Give the function that computes the value.`,
      )
    }
    // Recalled is what `fn` gave, now or earlier.
    return recall(this.#shelf, this.#callOf(key, fn, options as EvaluateOptions)) as T
  }

  /** Whether `evaluate(key, fn)` would hit, or why not. Without `fn`, the code is not compared. */
  why(key: K, fn?: () => unknown): Explanation {
    const call = this.#callOf(key, fn ?? (() => undefined), {})
    const asked = fn === undefined ? { ...call, ...WHATEVER_CODE } : call
    const found = look(this.#shelf, asked)
    // A dictionary's store answers at once.
    const { verdict } = found as Exclude<typeof found, PromiseLike<unknown>>
    return explainCall(this.#shelf, asked, verdict) as Explanation
  }

  /** Commits now what was changed so far; the dictionary then shows what is there, and goes on. Throws ERR_CACHE_WRITE. */
  async flush(): Promise<void> {
    this.#assertOpen()
    this.#values.clear()
    await this.#session.flush()
  }

  /** Commits and ends. May be called twice. Throws ERR_CACHE_WRITE; what was kept before is whole then. */
  async close(): Promise<void> {
    await this.#session.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  get #block(): Block {
    this.#assertOpen()
    return this.#session.block
  }

  #assertOpen(): void {
    if (!this.#session.closed) return
    throw new CacheError(
      'ERR_CACHE_CLOSED',
      `This dictionary on ${placeOf(this.#session.store)} was closed when its block ended. Use it inside the block only.`,
    )
  }

  #encode(value: unknown): Uint8Array {
    return this.#codec === defaultCodec ? encodeNamed(value, 'value') : this.#codec.encode(value)
  }

  #put(key: K, storeKey: string, value: Uint8Array): void {
    const keyBytes = keyBytesOf(key, storeKey)
    this.#values.forget(storeKey)
    this.#uses.write(storeKey)
    this.#block.set(storeKey, {
      status: 'value',
      promise: false,
      name: '',
      codeVersion: ANY_CODE,
      values: '',
      madeOf: OF_NOTHING,
      createdAtMs: Date.now(),
      expiresAtMs: undefined,
      costMs: 0,
      codecId: this.#codec.id,
      key: keyBytes,
      args: undefined,
      older: [],
      value,
    })
  }

  /** The undamaged value entry under `storeKey`; its bytes are the caller's own. */
  #entryAt(storeKey: string): Entry | undefined {
    const frame = this.#block.get(storeKey)
    if (frame === undefined) return undefined
    const entry = decodeEntry(frame, storeKey)
    if (entry === undefined) reportDamage(this.#shelf, this.#callAt(storeKey))
    return entry?.status === 'value' ? entry : undefined
  }

  #open(entry: Entry, storeKey: string): unknown {
    return this.#values.open(storeKey, entry.value, value => decodeWith({ ...entry, value }, this.#codec))
  }

  #keyAt(storeKey: string): K {
    const key =
      plainUserKey(storeKey) ??
      defaultCodec.decode(this.#entryAt(storeKey)?.key ?? defaultCodec.encode(undefined))
    return key as K
  }

  /** What is told about a key that is only read. */
  #callAt(storeKey: string): Pick<Call, 'settings' | 'storeKey' | 'title'> {
    const defaults = { access: this.#session.access, name: '', codec: this.#codec }
    const title = () => titleOf(plainUserKey(storeKey) ?? keyText(storeKey))
    return { settings: resolveEvaluate({}, defaults), storeKey, title }
  }

  #callOf(key: K, fn: () => unknown, options: EvaluateOptions): Call {
    checkEvaluateOptions(options)
    const storeKey = userKeyOf(key)
    this.#assertOpen()
    return dictCall(key, storeKey, fn, options, { access: this.#session.access, codec: this.#codec })
  }
}

import type { AnyFunction } from '../base/any-function.ts'
import { type Duration, durationMs } from '../base/duration.ts'
import { type Size, sizeBytes } from '../base/size.ts'
import type { Codec } from '../codec/codec.ts'
import { policyOf } from '../entries/eviction/named-policy.ts'
import type { EvictionPolicy } from '../entries/eviction/policy.ts'
import type { CodeScope } from '../fingerprint/code-reading.ts'
import type { CachePath } from '../stores/open-store.ts'
import { type Access, parseAccess } from './access.ts'
import type { EntryInfo } from './entry-info.ts'

/** Everything that can be said of how a function's results are kept. All of it is optional. */
export interface DecorateOptions<F extends AnyFunction = AnyFunction> {
  /** Where entries go; the default store in the cache folder. */
  readonly path?: CachePath
  /** What a call may do: `r` read, `e` evaluate, `w` write. Default `'rew'`. */
  readonly access?: Access
  /** The key, from the arguments: a function of them, or one JavaScript expression over their names and `args`. */
  readonly innerKey?: string | ((...args: Parameters<F>) => unknown)
  /** One key for every call. Not together with `innerKey`. */
  readonly outerKey?: unknown
  /** What the function is called in its entries; `fn.name`. */
  readonly name?: string
  /** Parameters, by name, that do not decide the result; properties of destructured ones too. */
  readonly ignore?: readonly string[]
  /** For methods: which fields of `this` belong to the key (its class always does). Default: all own ones. */
  readonly fields?: readonly string[]
  /**
   * How much of the program a result depends on: `'deep'` (default) the function with all that it calls and captures, `'own'` its
   * own text, `'off'` nothing.
   */
  readonly code?: CodeScope
  /** More that the result depends on: functions, values, and files (`inputFile`), which are looked at for each call. */
  readonly deps?: readonly unknown[]
  /** A salt of the user's own: another one, other results. */
  readonly version?: string | number
  /** How long a result is true: `'90s'`, `'7d'`, or milliseconds. */
  readonly ttl?: Duration
  /** `'append'`: expired values are kept, for `history()`. Default `'replace'`. */
  readonly history?: 'replace' | 'append'
  /** Keep thrown errors: all, or those for which it gives true. Default false. */
  readonly errors?: boolean | ((error: unknown) => boolean)
  /** As `ttl`, for kept errors; `ttl` by default. */
  readonly errorTtl?: Duration
  /** Only results for which it gives true are kept; they are returned either way. */
  readonly keepIf?: (value: Awaited<ReturnType<F>>, ...args: Parameters<F>) => boolean
  /** Only kept values for which it gives true are recalled. */
  readonly validIf?: (value: Awaited<ReturnType<F>>, entry: EntryInfo) => boolean
  /** How values become bytes. Default: MessagePack with extension types. */
  readonly codec?: Codec
  /** `'copy'`: each hit gives a fresh value. `'frozen'`: one frozen value is shared, where it can be frozen whole. */
  readonly share?: 'copy' | 'frozen'
  /** Remember in this process what was recalled a moment ago. Default true. */
  readonly memory?: boolean
  /**
   * How much the store may hold, whoever keeps it there: `'50 MB'`, `'10 GB'`, or bytes. What is worth least is dropped to make room.
   * Default: no bound. One store has one bound in a process: a second, different one is a `TypeError` at the first call.
   */
  readonly maxSize?: Size
  /** How many results the store may hold; as `maxSize`. */
  readonly maxEntries?: number
  /**
   * What is dropped first: `'cost'` (default) what takes least time to compute for its size, `'lru'` what was not used for
   * longest, or a policy. Of the store, as `maxSize`.
   */
  readonly evict?: 'cost' | 'lru' | EvictionPolicy
  /** Throw where the default is to warn and to go on without the cache. Default false. */
  readonly strict?: boolean
}

/** Those options that bound the store. */
export type BoundOptions = Pick<DecorateOptions, 'maxSize' | 'maxEntries' | 'evict'>

/** What `dict.evaluate` can be told about one result. */
export type EvaluateOptions<T = unknown> = Pick<DecorateOptions, 'code' | 'deps' | 'version' | 'ttl'> & {
  /** Evaluate, and replace what is kept. */
  readonly refresh?: boolean
  readonly keepIf?: (value: Awaited<T>) => boolean
  /** Ends waiting for somebody else's evaluation. */
  readonly signal?: AbortSignal
}

export interface DictOptions {
  /** What becomes of the block's changes when it throws. Default `'keep'`. */
  readonly onError?: 'keep' | 'discard'
  /** One block at a time on this path, among all processes. Default false. */
  readonly exclusive?: boolean
  readonly codec?: Codec
}

type Check = (value: unknown) => string | undefined

const DECORATE_CHECKS: Readonly<Record<keyof DecorateOptions, Check>> = {
  path: () => undefined,
  access: value => {
    parseAccess(value)
    return undefined
  },
  innerKey: oneOf(
    'a function or a string',
    value => typeof value === 'function' || typeof value === 'string',
  ),
  outerKey: () => undefined,
  name: oneOf('a string that is not empty', value => typeof value === 'string' && value !== ''),
  ignore: oneOf('an array of parameter names', isNames),
  fields: oneOf('an array of field names', isNames),
  code: oneOf("'deep', 'own' or 'off'", value => value === 'deep' || value === 'own' || value === 'off'),
  deps: oneOf('an array', Array.isArray),
  version: oneOf('a string or a number', value => typeof value === 'string' || typeof value === 'number'),
  ttl: isDuration('ttl'),
  history: oneOf("'replace' or 'append'", value => value === 'replace' || value === 'append'),
  errors: oneOf(
    'a boolean or a function',
    value => typeof value === 'boolean' || typeof value === 'function',
  ),
  errorTtl: isDuration('errorTtl'),
  keepIf: oneOf('a function', isFunction),
  validIf: oneOf('a function', isFunction),
  codec: oneOf('a codec: { id, encode, decode }', isCodec),
  share: oneOf("'copy' or 'frozen'", value => value === 'copy' || value === 'frozen'),
  memory: oneOf('a boolean', value => typeof value === 'boolean'),
  maxSize: value => {
    sizeBytes(value, 'The option maxSize')
    return undefined
  },
  maxEntries: oneOf(
    'a whole number of at least 1',
    value => Number.isSafeInteger(value) && Number(value) >= 1,
  ),
  evict: value => {
    policyOf(value, 'The option evict')
    return undefined
  },
  strict: oneOf('a boolean', value => typeof value === 'boolean'),
}

const EVALUATE_CHECKS: Readonly<Record<keyof EvaluateOptions, Check>> = {
  code: DECORATE_CHECKS.code,
  deps: DECORATE_CHECKS.deps,
  version: DECORATE_CHECKS.version,
  ttl: DECORATE_CHECKS.ttl,
  keepIf: DECORATE_CHECKS.keepIf,
  refresh: DECORATE_CHECKS.strict,
  signal: oneOf('an AbortSignal', value => value instanceof AbortSignal),
}

const DICT_CHECKS: Readonly<Record<keyof DictOptions, Check>> = {
  onError: oneOf("'keep' or 'discard'", value => value === 'keep' || value === 'discard'),
  exclusive: DECORATE_CHECKS.strict,
  codec: DECORATE_CHECKS.codec,
}

export function checkDecorateOptions(options: DecorateOptions): void {
  check(options, DECORATE_CHECKS, 'decorate')
  if (options.innerKey !== undefined && options.outerKey !== undefined) {
    throw new TypeError(
      'decorate was given both innerKey and outerKey. Give one of them: a computed key, or a constant one.',
    )
  }
}

export function checkEvaluateOptions(options: EvaluateOptions): void {
  check(options, EVALUATE_CHECKS, 'evaluate')
}

export function checkDictOptions(options: DictOptions): void {
  check(options, DICT_CHECKS, 'withCache')
}

/** `base` with some options replaced. A key of one kind replaces one of the other; undefined takes an option back. */
export function mergeOptions(base: DecorateOptions, overrides: DecorateOptions): DecorateOptions {
  const merged: Record<string, unknown> = { ...base }
  if (overrides.innerKey !== undefined) delete merged.outerKey
  if (overrides.outerKey !== undefined) delete merged.innerKey
  return { ...merged, ...overrides }
}

function check(options: object, checks: Readonly<Record<string, Check>>, where: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`The options of ${where} are ${String(options)}. Give an object, or nothing.`)
  }
  for (const [name, value] of Object.entries(options)) {
    const isKnown = Object.hasOwn(checks, name)
    if (!isKnown) {
      throw new TypeError(`${where} has no option "${name}". Its options: ${Object.keys(checks).join(', ')}.`)
    }
    const wanted = value === undefined ? undefined : checks[name]!(value)
    if (wanted !== undefined)
      throw new TypeError(`The option ${name} of ${where} is ${show(value)}. Give ${wanted}.`)
  }
}

function oneOf(wanted: string, isRight: (value: unknown) => boolean): Check {
  return value => (isRight(value) ? undefined : wanted)
}

function isDuration(name: string): Check {
  return value => {
    durationMs(value, `The option ${name}`)
    return undefined
  }
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(name => typeof name === 'string')
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

function isCodec(value: unknown): boolean {
  const { id, encode, decode } = Object(value) as Partial<Codec>
  return typeof id === 'string' && id !== '' && isFunction(encode) && isFunction(decode)
}

function show(value: unknown): string {
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value))
}

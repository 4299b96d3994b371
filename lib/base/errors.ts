/** Every code that a `CacheError` can carry, with what it means. `docs/reference/errors.md` has a heading for each. */
export const CACHE_ERROR_CODES = {
  ERR_CACHE_MISS: 'nothing is kept for this call, and the access does not allow evaluating it',
  ERR_CACHE_UNENCODABLE: 'a value cannot be kept without losing part of it',
  ERR_CACHE_UNDECODABLE: 'kept bytes cannot be turned back into a value by this program',
  ERR_CACHE_CORRUPT: 'bytes are damaged',
  ERR_CACHE_UNKEYABLE: 'a value has no stable identity and cannot be part of a key',
  ERR_CACHE_FORMAT: 'a file is not one of ours, or from a newer version of the package',
  ERR_CACHE_WRITE: 'a store could not be written',
  ERR_CACHE_READ: 'a store could not be read',
  ERR_CACHE_BUSY: 'a store stayed locked by another live process',
  ERR_CACHE_FULL: 'a result does not fit into the bounds of its store',
  ERR_CACHE_ENGINE: 'the engine of a store cannot be loaded, or cannot be used there',
  ERR_CACHE_PACKAGE: 'a package that this one needs is not found',
  ERR_CACHE_CLOSED: 'a dictionary or a store was used after it was closed',
  ERR_CACHE_RECURSION: 'an evaluation waits for its own result',
  ERR_CACHE_SOURCE: 'the source text of a function cannot be read as parameters',
} as const

export type CacheErrorCode = keyof typeof CACHE_ERROR_CODES

export interface CacheErrorOptions {
  /** The facts of the case as data: keys, paths, numbers. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

const BRAND = Symbol.for('cachedict.CacheError')

/**
 * The one error class of this package. `code` is stable; `message` says what happened, to what, and what to do.
 * `instanceof CacheError` holds across copies of the package in one process.
 */
export class CacheError extends Error {
  readonly code: CacheErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: CacheErrorCode, message: string, options: CacheErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.details = Object.freeze({ ...options.details })
  }

  // Two copies of the package in one process have two classes: the brand is what they share.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isCacheError(value)
  }
}
Object.defineProperty(CacheError.prototype, 'name', {
  value: 'CacheError',
  configurable: true,
  writable: true,
})
Object.defineProperty(CacheError.prototype, BRAND, { value: true })

/** Whether `value` is a `CacheError`, of `code` where one is given. */
export function isCacheError(value: unknown, code?: CacheErrorCode): value is CacheError {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { [BRAND]?: unknown })[BRAND] === true &&
    (code === undefined || (value as CacheError).code === code)
  )
}

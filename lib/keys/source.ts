import { types } from 'node:util'
import { ownValue } from '../base/own-value.ts'
import { sha256OfText } from './sha256.ts'

// biome-ignore lint/complexity/noBannedTypes: what toString takes, classes included
export type AnyFunction = Function

const digests = new WeakMap<AnyFunction, string>()
// As it is now: programs may replace it.
const { toString: textOf } = Function.prototype

/** The name of `fn`, found without running a static getter or a trap; empty if there is none. */
export function nameOf(fn: AnyFunction): string {
  if (types.isProxy(fn)) return ''
  const name: unknown = ownValue(fn, 'name')
  return typeof name === 'string' ? name : ''
}

/** Under this symbol, a wrapper tells which function it stands for. */
export const ORIGINAL: unique symbol = Symbol.for('cachedict.original')
const MOST_WRAPPERS = 1_000

/** The function that `fn` stands for: of a cached function, the one inside. */
export function unwrapped(fn: AnyFunction): AnyFunction {
  let inner = fn
  // A bound: functions that claim to stand for each other would have no end.
  for (let depth = 0; depth < MOST_WRAPPERS && !types.isProxy(inner); depth++) {
    const next: unknown = ownValue(inner, ORIGINAL)
    if (typeof next !== 'function' || types.isProxy(next)) return inner
    inner = next
  }
  return inner
}

/** The source text of `fn`, whatever its own `toString` says; of a cached function, that of the function inside. */
export function sourceOf(fn: AnyFunction): string {
  return textOf.call(unwrapped(fn))
}

/** Whether `fn` has no source: it is part of the language, bound, or written in C++. */
export function isNative(fn: AnyFunction): boolean {
  return sourceOf(fn).endsWith('{ [native code] }')
}

/** The sha256 of the source of `fn`: what it counts by where nobody asks for a fingerprint. */
export function sourceDigest(fn: AnyFunction): string {
  let digest = digests.get(fn)
  if (digest === undefined) {
    digest = sha256OfText(sourceOf(fn))
    digests.set(fn, digest)
  }
  return digest
}

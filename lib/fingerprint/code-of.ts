import type { AnyFunction } from '../base/any-function.ts'
import { digest } from '../keys/canonical.ts'
import { sha256Hex } from '../keys/sha256.ts'
import { sourceOf } from '../keys/source.ts'

/** How much of the program a result depends on: the function and all it reaches, its own body, or nothing. */
export type CodeScope = 'deep' | 'own' | 'off'

const DIGEST_DIGITS = 32

/**
 * A digest of the code that `fn` runs. Until fingerprints exist, `'deep'` and `'own'` both mean the function's own source
 * text; functions that it calls, and values that it captures, belong into `deps`.
 */
export function codeOf(fn: AnyFunction, scope: CodeScope): string {
  return scope === 'off' ? '' : sha256Hex(sourceOf(fn)).slice(0, DIGEST_DIGITS)
}

/** A digest of what a result depends on besides the code: functions by their source, values by structure. '' for none. */
export function depsOf(deps: readonly unknown[]): string {
  return deps.length === 0 ? '' : digest(deps, { root: 'deps' }).slice(0, DIGEST_DIGITS)
}

/** A digest of the user's own salt. '' for none. */
export function versionOf(version: unknown): string {
  return version === undefined ? '' : digest(version, { root: 'version' }).slice(0, DIGEST_DIGITS)
}

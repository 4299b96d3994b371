import { digest } from '../keys/canonical.ts'
import { ARGUMENT_POLICY } from './argument-policy.ts'

const DIGITS = 32

/**
 * A digest of what the user says that a result depends on besides: functions by their fingerprint, values by structure,
 * files by content. '' for nothing. Throws ERR_CACHE_UNKEYABLE for what has no stable identity.
 */
export function depsOf(deps: readonly unknown[]): string {
  return deps.length === 0 ? '' : digest(deps, { root: 'deps', policy: ARGUMENT_POLICY }).slice(0, DIGITS)
}

/** A digest of the user's own salt. '' for none. */
export function versionOf(version: unknown): string {
  return version === undefined ? '' : digest(version, { root: 'version' }).slice(0, DIGITS)
}

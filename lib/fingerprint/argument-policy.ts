import { onceFor } from '../base/once-for.ts'
import type { Policy } from '../keys/policy.ts'
import { Refusal } from '../keys/refusal.ts'
import { type AnyFunction, isNative, nameOf, sourceOf, unwrapped } from '../keys/source.ts'
import { hashOf } from './fingerprint.ts'
import { knownNameOf } from './known-names.ts'
import { readCode } from './read-code.ts'

/**
 * How functions and classes count that are arguments, parts of them, or part of what the user says: by their fingerprint
 * at this moment; classes by the one of their first use in this process.
 */
export const ARGUMENT_POLICY: Policy = Object.freeze<Policy>({
  functionAtom: fn => knownNameOf(fn) ?? (isClass(fn) ? ofClass(fn) : digestOf(unwrapped(fn))),
  accessors: 'refuse',
  handles: 'refuse',
  hidden: false,
  classNames: true,
})

const ofClass = onceFor(digestOf)

function isClass(fn: AnyFunction): boolean {
  return /^class\b/.test(sourceOf(fn))
}

function digestOf(fn: AnyFunction): string {
  const isBound = nameOf(fn).startsWith('bound ')
  if (isNative(fn) && !isBound)
    throw new Refusal('native function', 'has no source, so it has no stable identity')
  const reading = readCode(fn, 'deep')
  if (reading.refusal !== undefined)
    throw new Refusal('function', `cannot be told from others: ${reading.refusal}`)
  return hashOf(reading)
}

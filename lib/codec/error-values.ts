import { types } from 'node:util'
import { isCacheError } from '../base/errors.ts'
import type { ERROR_CLASSES } from './extensions.ts'
import { lowerString } from './leaf.ts'
import { append } from './lower-plain.ts'
import type { Lowering, Slot } from './lowering.ts'
import { ownProperty } from './own-property.ts'
import { unencodable } from './place.ts'

/**
 * Appends every own property of `error` as key, whether hidden, value. `message`, `stack`, `cause` and `errors` are
 * hidden where the engine made them and visible where a program assigned them; either way, and absence, is kept.
 */
export function putErrorProperties(lowering: Lowering, slot: Slot, node: unknown[], error: object): void {
  for (const key of Reflect.ownKeys(error)) {
    const { value, enumerable } = key === 'stack' ? stackOf(slot, error) : ownProperty(slot, error, key)
    node.push(lowerString(String(key)), !enumerable)
    append(lowering, node, value, { parent: slot, via: 'property', step: key })
  }
}

/** The engine makes the text when it is first asked for, and may fail: where the message is the error itself, say. */
function stackOf(slot: Slot, error: object): { readonly value: unknown; readonly enumerable: boolean } {
  try {
    if (isEngineStack(error, 'stack')) return { value: (error as Error).stack, enumerable: false }
    return ownProperty(slot, error, 'stack')
  } catch (cause) {
    if (isCacheError(cause)) throw cause
    throw unencodable(
      { parent: slot, via: 'property', step: 'stack' },
      { type: 'stack', because: 'the engine cannot make its text', todo: 'Delete it from the error.', cause },
    )
  }
}

// Newer engines have `stack` as an accessor of their own; reading it is what makes the text.
function isEngineStack(error: object, key: PropertyKey): boolean {
  if (key !== 'stack' || !types.isNativeError(error)) return false
  const getter = Object.getOwnPropertyDescriptor(error, key)?.get
  return getter !== undefined && Function.prototype.toString.call(getter).endsWith('{ [native code] }')
}

/** An error of `cls` without any own property, to be given those that were kept. */
export function emptyError(cls: (typeof ERROR_CLASSES)[number]): object {
  return strip(cls === AggregateError ? new AggregateError([]) : new (cls as ErrorConstructor)())
}

export function strip(error: object): object {
  for (const key of Reflect.ownKeys(error)) Reflect.deleteProperty(error, key)
  return error
}

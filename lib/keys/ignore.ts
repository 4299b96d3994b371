import { types } from 'node:util'
import { equalBytes } from '../base/bytes.ts'
import { isCacheError } from '../base/errors.ts'
import { IGNORED } from './atoms.ts'
import { canonicalBytes } from './canonical.ts'
import { classIdentity } from './class-identity.ts'
import { contentOf } from './content.ts'
import type { Parameters, Place } from './parameters.ts'
import { Refusal } from './refusal.ts'
import { TAG } from './tags.ts'

/**
 * `args` as they count for a key: without the parameters called `names`, and without what the function cannot see or
 * tell apart: a constant default counts the same left out, passed as `undefined`, and spelled out.
 * An ignored parameter becomes IGNORED; a trailing one counts the same whether it is passed or not. An ignored
 * destructured property is left out of a shallow copy; the caller's object is not touched, and no getter is run. Names
 * are those of parameters, of destructured variables, and of the properties these are taken from.
 * Throws a `TypeError` for a name that the function does not have.
 */
export function applyIgnore(
  parameters: Parameters,
  names: readonly string[],
  args: readonly unknown[],
): unknown[] {
  const kept = [...args]
  for (const place of names.flatMap(name => placesOf(parameters, name))) {
    if (place.rest) kept.length = Math.min(kept.length, place.position)
    else if (place.position >= kept.length) continue
    else kept[place.position] = without(kept[place.position], place.path)
  }
  return trim(parameters, kept)
}

function placesOf(parameters: Parameters, name: string): readonly Place[] {
  const named = parameters.places.filter(place => place.name === name)
  // A variable first: in f(verbose, { verbose: loud }) it is the parameter that is meant.
  const local = named.filter(place => place.local)
  if (local.length > 0) return local
  if (named.length > 0) return named
  const known = [...new Set(parameters.places.map(place => place.name))]
  throw new TypeError(
    `ignore names ${JSON.stringify(name)}, which is no parameter of ${parameters.name || 'the function'}. ` +
      (known.length === 0 ? 'It has no parameters.' : `Its parameters are ${known.join(', ')}.`),
  )
}

function trim(parameters: Parameters, args: unknown[]): unknown[] {
  const { count, rest, usesArguments, constants } = parameters
  const blind = !usesArguments
  // Without a rest parameter nothing sees further arguments, such as the index that `map` passes.
  if (blind && rest === undefined && args.length > count) args.length = count
  while (args.length > 0 && args.length <= count) {
    const last = args[args.length - 1]
    if (last !== IGNORED && !(blind && isDefault(last, constants[args.length - 1]))) break
    args.length--
  }
  if (!blind) return args
  return args.map((arg, i) => (arg === undefined && i < count ? constants[i]?.value : arg))
}

/** Whether the function gets the same from `arg` as from no argument. */
function isDefault(arg: unknown, constant: { readonly value: unknown } | undefined): boolean {
  if (arg === undefined) return true
  if (constant === undefined || typeof arg !== typeof constant.value) return false
  try {
    return equalBytes(canonicalBytes(arg), canonicalBytes(constant.value))
  } catch (error) {
    // Something without identity is no default; the key itself will say so.
    if (isCacheError(error, 'ERR_CACHE_UNKEYABLE')) return false
    throw error
  }
}

/** `value` without what lies at `path`; `value` itself where nothing does. */
function without(value: unknown, path: readonly string[]): unknown {
  const [name, ...deeper] = path
  if (name === undefined) return IGNORED
  if (typeof value !== 'object' || value === null || !isCopyable(value)) return value
  const property = Object.getOwnPropertyDescriptor(value, name)
  if (property === undefined) return value
  if (deeper.length > 0 && !('value' in property)) return value
  if (Array.isArray(value)) return arrayWithout(value, Number(name), deeper)
  const properties = Object.getOwnPropertyDescriptors(value) as Record<string, PropertyDescriptor>
  delete properties[name]
  // Defined and not assigned: `__proto__` is a name like any other.
  const copy = Object.create(Object.getPrototypeOf(value), properties)
  if (deeper.length > 0)
    Object.defineProperty(copy, name, { ...property, value: without(property.value, deeper) })
  return copy
}

function arrayWithout(array: readonly unknown[], index: number, deeper: readonly string[]): unknown[] {
  const copy: unknown[] = array.slice()
  copy[index] = without(array[index], deeper)
  while (copy.length > 0 && copy[copy.length - 1] === IGNORED) copy.length--
  return copy
}

// What a copy cannot take along (private fields, the entries of a Map) would be missing in the key: then the
// property counts after all, which costs a shared key but is never wrong.
function isCopyable(value: object): boolean {
  if (types.isProxy(value)) return false
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  if (prototype === Array.prototype) return Array.isArray(value)
  try {
    const { privates, hidden } = classIdentity(prototype)
    return contentOf(value).tag === TAG.object && privates?.size === 0 && !hidden
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

import { types } from 'node:util'
import { IGNORED } from './atoms.ts'
import { classIdentity } from './class-identity.ts'
import { contentOf } from './content.ts'
import { CONTENT } from './own-content.ts'
import { Refusal } from './refusal.ts'
import { TAG } from './tags.ts'

/** A copy of `value` without what lies at `path`; `value` itself where nothing does. No getter is run. */
export function without(value: unknown, path: readonly string[]): unknown {
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
  if (types.isProxy(value) || CONTENT in value) return false
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

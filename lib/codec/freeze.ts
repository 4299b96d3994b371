import { types } from 'node:util'
import { isDense } from './plain.ts'

/**
 * Whether the language can freeze `value` whole: a primitive, or plain objects (null-prototype ones too) and
 * arrays of such, cycles allowed. Anything else keeps a state that `Object.freeze` does not reach.
 */
export function isFreezable(value: unknown): boolean {
  return reach(value) !== undefined
}

/** Freezes `value` and all that it reaches, or, where `isFreezable` denies it, nothing. Says which. */
export function freezeWhole(value: unknown): boolean {
  const objects = reach(value)
  if (objects === undefined) return false
  for (const object of objects) Object.freeze(object)
  return true
}

/** Every object that `value` reaches; undefined where one of them cannot be frozen. A loop: lists may be long. */
function reach(value: unknown): Set<object> | undefined {
  const objects = new Set<object>()
  if (!meet(value, objects)) return undefined
  // A Set is walked in order of insertion, also over what the walk itself inserts.
  for (const object of objects) {
    if (Array.isArray(object) && isDense(object)) {
      for (const element of object) if (!meet(element, objects)) return undefined
      continue
    }
    for (const key of Reflect.ownKeys(object)) {
      const property = Object.getOwnPropertyDescriptor(object, key)
      if (property === undefined || !('value' in property)) return undefined
      if (!meet(property.value, objects)) return undefined
    }
  }
  return objects
}

/** Adds `value` to `objects` if it is one; false where it cannot be frozen. */
function meet(value: unknown, objects: Set<object>): boolean {
  if (typeof value === 'function') return false
  if (typeof value !== 'object' || value === null || objects.has(value)) return true
  if (types.isProxy(value) || types.isModuleNamespaceObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  const plain =
    prototype === null ||
    prototype === Object.prototype ||
    (prototype === Array.prototype && Array.isArray(value))
  if (plain) objects.add(value)
  return plain
}

import { types } from 'node:util'
import { CONTENT } from './own-content.ts'

/** Whether taking properties from `value` by name gives its own ones, or those that every object has. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (types.isProxy(value) || types.isModuleNamespaceObject(value) || types.isArgumentsObject(value))
    return false
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  // Such an object says itself what it counts as.
  return !Object.hasOwn(value, CONTENT)
}

const iteratorOfArray = Array.prototype[Symbol.iterator]
const arrayIterator: object = Object.getPrototypeOf([][Symbol.iterator]())
const nextOfArray: unknown = Reflect.get(arrayIterator, 'next')

/** Whether iterating over `value` gives the elements of an array. */
export function isPlainArray(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) &&
    !types.isProxy(value) &&
    Object.getPrototypeOf(value) === Array.prototype &&
    !Object.hasOwn(value, Symbol.iterator) &&
    !Object.hasOwn(value, CONTENT) &&
    Array.prototype[Symbol.iterator] === iteratorOfArray &&
    Reflect.get(arrayIterator, 'next') === nextOfArray
  )
}

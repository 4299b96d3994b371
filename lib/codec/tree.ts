import { types } from 'node:util'
import { MAX_DEPTH } from './body.ts'
import { isDense, isGetter, isPlainString } from './plain.ts'

/**
 * Whether MessagePack alone gives `value` back equal: null, booleans, numbers but -0, well-formed strings,
 * dense arrays and plain objects of them, no object met twice, none deeper than `MAX_DEPTH`. One walk; runs no
 * code of the user.
 */
export function isPlainTree(value: unknown): boolean {
  return isPlain(value, 0, new Set())
}

function isPlain(value: unknown, depth: number, met: Set<object>): boolean {
  switch (typeof value) {
    case 'string':
      return isPlainString(value)
    case 'number':
      return value !== 0 || 1 / value > 0
    case 'boolean':
      return true
    case 'object':
      return value === null || isPlainObject(value, depth, met)
    default:
      return false
  }
}

function isPlainObject(value: object, depth: number, met: Set<object>): boolean {
  if (depth === MAX_DEPTH || types.isProxy(value) || met.has(value)) return false
  met.add(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return hasPlainProperties(value, depth + 1, met)
  if (prototype !== Array.prototype || !Array.isArray(value) || !isDense(value)) return false
  for (const element of value) if (!isPlain(element, depth + 1, met)) return false
  return true
}

function hasPlainProperties(object: object, depth: number, met: Set<object>): boolean {
  const keys = Object.keys(object)
  // More names than enumerable ones: some are hidden.
  if (Object.getOwnPropertyNames(object).length !== keys.length) return false
  if (Object.getOwnPropertySymbols(object).length > 0) return false
  for (const key of keys) {
    if (key === '__proto__' || !isPlainString(key) || isGetter(object, key)) return false
    if (!isPlain((object as Record<string, unknown>)[key], depth, met)) return false
  }
  return true
}

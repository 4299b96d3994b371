import { types } from 'node:util'
import { isObject } from '../base/is-object.ts'
import { isOwnTool } from '../base/own-tool.ts'
import { CONTENT } from '../keys/own-content.ts'
import type { LeftOut } from './left-out.ts'
import { partsOf, sizeOf } from './object-parts.ts'
import { isStill, toHold } from './still.ts'

/** So much is looked at again; of what is larger, only how much there is. */
const MOST_PARTS = 1_000

/** An object, which is not kept alive, and whether it holds something else by now. */
interface Look {
  readonly object: WeakRef<object>
  isAnother(object: object): boolean
}

/**
 * What lies in `values` at this moment, as far as that is quick to look at again; what the program changes itself is left
 * out. What is returned tells whether anything of it is another by then. Functions and Proxies count by their identity, but
 * for `functions`, of which the own properties count.
 */
export function lastLook(
  values: readonly unknown[],
  functions: readonly object[],
  leftOut: LeftOut,
): () => boolean {
  const looks: Look[] = []
  const met = new Set<unknown>(OF_LANGUAGE)
  const roots = new Set<unknown>(functions)
  const queue = [...values, ...functions]
  let left = MOST_PARTS
  for (const value of queue) {
    if (left <= 0) break
    if (!(isOpen(value) || isIn(value, roots)) || met.has(value) || leftOut.hasObject(value)) continue
    met.add(value)
    const isWhole = sizeOf(value) <= left
    const parts = isWhole ? partsOf(value, leftOut) : [sizeOf(value)]
    // One with very many properties does not even say quickly how many.
    if (parts.length >= left) continue
    left -= parts.length + 1
    queue.push(...parts)
    if (isFixed(value)) continue
    const isAnother = isWhole
      ? (isAnotherData(value, leftOut) ?? isAnotherWhole(parts, leftOut))
      : (now: object) => sizeOf(now) !== parts[0]
    looks.push({ object: new WeakRef(value), isAnother })
  }
  return () =>
    looks.some(({ object, isAnother }) => {
      const value = object.deref()
      return value === undefined || isAnother(value)
    })
}

/** The quick way for plain objects without getters: most of what is captured. */
function isAnotherData(value: object, leftOut: LeftOut): Look['isAnother'] | undefined {
  const isPlain = Object.getPrototypeOf(value) === Object.prototype && !(CONTENT in value)
  if (!isPlain || leftOut.of(value) !== undefined) return undefined
  const properties = Object.getOwnPropertyDescriptors(value) as Record<PropertyKey, PropertyDescriptor>
  const names = Reflect.ownKeys(properties)
  if (names.some(name => !('value' in (properties[name] as PropertyDescriptor)))) return undefined
  return isAnotherThan(
    names,
    names.map(name => toHold(properties[name]?.value)),
  )
}

/** In a function of its own: a closure keeps alive what others of its function use. */
function isAnotherThan(names: readonly PropertyKey[], held: readonly unknown[]): Look['isAnother'] {
  return now => {
    const namesNow = Reflect.ownKeys(now)
    if (namesNow.length !== names.length || Object.getPrototypeOf(now) !== Object.prototype) return true
    for (let i = 0; i < names.length; i += 1) {
      const name = names[i] as string
      if (name !== namesNow[i] || !isStill(Reflect.get(now, name), held[i])) return true
    }
    return false
  }
}

function isAnotherWhole(parts: readonly unknown[], leftOut: LeftOut): Look['isAnother'] {
  const held = parts.map(toHold)
  return value => {
    if (sizeOf(value) > MOST_PARTS) return true
    const now = partsOf(value, leftOut)
    return now.length !== held.length || now.some((part, i) => !isStill(part, held[i]))
  }
}

/** What is inherited by data; of classes, methods may be replaced. */
const OF_LANGUAGE = [Object, Array, Map, Set, Date, Function].map(owner => owner.prototype)

/** Whether what it holds can be seen without running anything of it. */
function isOpen(value: unknown): value is object {
  if (!isObject(value) || typeof value === 'function' || types.isPromise(value) || isOwnTool(value))
    return false
  for (let owner: object | null = value; owner !== null; owner = Object.getPrototypeOf(owner))
    if (types.isProxy(owner)) return false
  return true
}

function isIn(value: unknown, roots: ReadonlySet<unknown>): value is object {
  return roots.has(value)
}

/** What it holds never changes; what that holds may. */
function isFixed(value: object): boolean {
  const hasInside = types.isMap(value) || types.isSet(value) || types.isDate(value) || CONTENT in value
  return Object.isFrozen(value) && !hasInside
}

import { IGNORED } from './atoms.ts'
import type { Constant } from './constant.ts'
import { isPlainArray, isPlainObject } from './plain-arguments.ts'
import { without } from './without.ts'

/** What of a value a function gets to see that takes it by a pattern. Of what is not plain, it is taken to see all. */
export interface View {
  /** Whether it is ignored as a whole. */
  readonly isIgnored: boolean
  /** What is ignored further in. */
  readonly ignored: readonly (readonly string[])[]
  /** What is seen where the value is undefined, if that is always the same. */
  readonly constant: Constant | undefined
  readonly parts: Parts | undefined
}

export type Parts =
  | { readonly of: 'object'; readonly views: ReadonlyMap<string, View>; readonly hasRest: boolean }
  | { readonly of: 'array'; readonly views: readonly (View | undefined)[]; readonly hasRest: boolean }

/** What of `value` is seen: equal for values that mean the same. No code of the value is run, and it is not changed. */
export function seenThrough(view: View, value: unknown): unknown {
  if (view.isIgnored) return IGNORED
  if (value === undefined) return view.constant?.value
  const { parts } = view
  let seen: unknown
  if (parts?.of === 'object' && isPlainObject(value)) seen = seenOfObject(parts, value)
  else if (parts?.of === 'array' && isPlainArray(value)) seen = seenOfArray(parts, value)
  if (seen !== undefined) return seen
  return view.ignored.reduce<unknown>((left, path) => without(left, path), value)
}

/** undefined where an accessor would be run. */
function seenOfObject(
  { views, hasRest }: Extract<Parts, { of: 'object' }>,
  object: object,
): object | undefined {
  const seen: Record<PropertyKey, unknown> = {}
  const inherits = Object.getPrototypeOf(object) !== null
  for (const [name, view] of views) {
    if (view.isIgnored) continue
    const property = Object.getOwnPropertyDescriptor(object, name)
    if (property !== undefined && !('value' in property)) return undefined
    // `toString`: what is missing is not undefined.
    const isInherited = name in Object.prototype
    if (property === undefined && isInherited && inherits) continue
    const value = seenThrough(view, property?.value)
    if (value !== undefined || isInherited) define(seen, name, value)
  }
  if (!hasRest) return seen
  for (const name of Reflect.ownKeys(object)) {
    const property = Object.getOwnPropertyDescriptor(object, name) as PropertyDescriptor
    if (views.has(name as string) || property.enumerable !== true) continue
    if (!('value' in property)) return undefined
    define(seen, name, property.value)
  }
  return seen
}

function seenOfArray(
  { views, hasRest }: Extract<Parts, { of: 'array' }>,
  array: readonly unknown[],
): readonly unknown[] | undefined {
  const seen: unknown[] = []
  const length = hasRest ? Math.max(array.length, views.length) : views.length
  for (let i = 0; i < length; i++) {
    const view = views[i]
    const property = Object.getOwnPropertyDescriptor(array, i)
    // Nobody puts elements on Array.prototype; who does is left alone.
    if (property === undefined ? i in array : !('value' in property)) return undefined
    if (i >= views.length) seen.push(property?.value)
    else seen.push(view === undefined ? undefined : seenThrough(view, property?.value))
  }
  // What a rest gathers may end with undefined; else missing and undefined are one.
  if (hasRest && array.length > views.length) return seen
  while (seen.length > 0 && (seen.at(-1) === undefined || seen.at(-1) === IGNORED)) seen.pop()
  return seen
}

// Where every object has one of the name, assigning means something else: `__proto__`.
function define(object: Record<PropertyKey, unknown>, name: PropertyKey, value: unknown): void {
  if (!(name in Object.prototype)) object[name] = value
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}

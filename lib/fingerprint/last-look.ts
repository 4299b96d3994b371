import { types } from 'node:util'
import { isObject } from '../base/is-object.ts'
import { isOwnTool } from '../base/own-tool.ts'
import { ownValue } from '../base/own-value.ts'
import { CONTENT, ownContentOf } from '../keys/own-content.ts'
import type { LeftOut } from './left-out.ts'

/** So much is looked at again; of what is larger, only how much there is. */
const MOST_PARTS = 1_000

/** An object, and what it held: objects are not kept alive. */
interface Look {
  readonly object: WeakRef<object>
  readonly parts: readonly unknown[]
  readonly isWhole: boolean
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
  const met = new Set<unknown>()
  const roots = new Set<unknown>(functions)
  const queue = [...values, ...functions]
  let left = MOST_PARTS
  for (const value of queue) {
    if (left <= 0) break
    if (!(isOpen(value) || isIn(value, roots)) || met.has(value) || leftOut.hasObject(value)) continue
    met.add(value)
    const isWhole = sizeOf(value) <= left
    const parts = isWhole ? partsOf(value, leftOut) : [sizeOf(value)]
    left -= parts.length + 1
    // One with very many properties does not even say quickly how many.
    if (left < 0) break
    queue.push(...parts)
    if (!isFixed(value)) looks.push({ object: new WeakRef(value), parts: parts.map(held), isWhole })
  }
  return () => looks.some(look => isAnother(look, leftOut))
}

/** Whether what it holds can be seen. */
function isOpen(value: unknown): value is object {
  if (!isObject(value) || types.isProxy(value) || isOwnTool(value)) return false
  return typeof value !== 'function' && !types.isPromise(value)
}

function isIn(value: unknown, roots: ReadonlySet<unknown>): value is object {
  return roots.has(value)
}

/** What it holds never changes; what that holds may. */
function isFixed(value: object): boolean {
  return (
    Object.isFrozen(value) &&
    !types.isMap(value) &&
    !types.isSet(value) &&
    !types.isDate(value) &&
    !(CONTENT in value)
  )
}

function isAnother({ object, parts, isWhole }: Look, leftOut: LeftOut): boolean {
  const value = object.deref()
  if (value === undefined) return true
  const size = sizeOf(value)
  if (!isWhole || size > MOST_PARTS) return size !== parts[0]
  const now = partsOf(value, leftOut)
  return now.length !== parts.length || now.some((part, i) => !isSame(part, parts[i]))
}

/** Of what has one that is quick to tell. */
function sizeOf(value: object): number {
  if (Array.isArray(value)) return value.length
  if (types.isMap(value) || types.isSet(value)) return value.size
  return types.isTypedArray(value) ? value.length : 0
}

/** What an object holds, one after the other. */
function partsOf(value: object, leftOut: LeftOut): readonly unknown[] {
  if (CONTENT in value) return [contentOf(value)]
  if (Array.isArray(value) || types.isTypedArray(value)) return Array.prototype.slice.call(value)
  const parts: unknown[] = []
  if (types.isMap(value)) for (const [key, item] of Map.prototype.entries.call(value)) parts.push(key, item)
  if (types.isSet(value)) parts.push(...Set.prototype.values.call(value))
  if (types.isDate(value)) parts.push(Date.prototype.getTime.call(value))
  for (const name of Object.getOwnPropertyNames(value))
    if (!leftOut.hasObject(value, name)) parts.push(name, ownValue(value, name))
  return parts
}

/** A file that cannot be read is another each time: who reads the program again says why. */
function contentOf(value: object): unknown {
  try {
    return ownContentOf(value)
  } catch {
    return Symbol('unread')
  }
}

function held(part: unknown): unknown {
  return isObject(part) ? new WeakRef(part) : part
}

function isSame(part: unknown, before: unknown): boolean {
  return Object.is(part, before instanceof WeakRef ? before.deref() : before)
}

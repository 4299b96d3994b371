import { types } from 'node:util'
import { CONTENT, ownContentOf } from '../keys/own-content.ts'
import type { LeftOut } from './left-out.ts'

/** How much an array, a collection or a buffer holds, whatever a class of the user's says; 0 for anything else. */
export function sizeOf(value: object): number {
  if (Array.isArray(value)) return value.length
  if (types.isMap(value)) return Reflect.get(Map.prototype, 'size', value)
  if (types.isSet(value)) return Reflect.get(Set.prototype, 'size', value)
  return bytesOf(value)?.length ?? 0
}

/** What an object holds, one after the other, but for what is left out. Runs no getter; of a file, its content. */
export function partsOf(value: object, leftOut: LeftOut): readonly unknown[] {
  if (CONTENT in value) return [contentOf(value)]
  const prototype: unknown = Object.getPrototypeOf(value)
  if (Array.isArray(value)) return [prototype, ...elementsOf(value)]
  const bytes = bytesOf(value)
  if (bytes !== undefined) return [...bytes]
  const parts: unknown[] = [prototype]
  if (types.isMap(value)) for (const [key, item] of Map.prototype.entries.call(value)) parts.push(key, item)
  if (types.isSet(value)) parts.push(...Set.prototype.values.call(value))
  if (types.isDate(value)) parts.push(Date.prototype.getTime.call(value))
  for (const name of Reflect.ownKeys(value)) {
    if (leftOut.hasObject(value, name)) continue
    const property = Object.getOwnPropertyDescriptor(value, name)
    parts.push(name, property?.value ?? property?.get, property?.set)
  }
  return parts
}

/** With its holes, and without its other properties. */
function elementsOf(array: readonly unknown[]): readonly unknown[] {
  const elements: unknown[] = []
  for (let i = 0; i < array.length; i += 1) elements.push(i in array ? array[i] : HOLE)
  return elements
}

const HOLE = Symbol('hole')

/** Of a buffer, or a view of one. */
function bytesOf(value: object): Uint8Array | undefined {
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value)
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : undefined
}

/** A file that cannot be read is another each time: who reads the program again says why. */
function contentOf(value: object): unknown {
  try {
    return ownContentOf(value)
  } catch {
    return Symbol('unread')
  }
}

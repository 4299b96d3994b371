import { types } from 'node:util'
import { symbolName } from './atoms.ts'
import type { ByteWriter } from './byte-writer.ts'
import { contentOf } from './content.ts'
import { TAG } from './tags.ts'

/** Values that will never change, and their bytes once they were written. */
const known = new WeakMap<object, Uint8Array | undefined>()
/** Most programs share no value: they do not pay for looking. */
let isAnyKnown = false

/**
 * From now on `value` costs next to nothing after it was written for the first time, also where it lies inside of others.
 * Ignored unless `value` is made of plain objects and arrays alone, all of them frozen, so that nothing can change it.
 */
export function noteWhollyFrozen(value: object): void {
  if (known.has(value) || !isWhollyFrozen(value)) return
  known.set(value, undefined)
  isAnyKnown = true
}

/** The bytes of `value`, if it was noted and has been written. */
export function knownBytes(value: object): Uint8Array | undefined {
  return isAnyKnown ? known.get(value) : undefined
}

/** Remembers the bytes from `start` on, which are those of `value`, if it was noted. They are few: large content collapses. */
export function remember(value: object, writer: ByteWriter, start: number): void {
  if (isAnyKnown && known.has(value)) known.set(value, Uint8Array.prototype.slice.call(writer.since(start)))
}

function isWhollyFrozen(root: object): boolean {
  const objects = new Set<object>([root])
  // A Set is walked in order of insertion, also over what the walk itself inserts.
  for (const object of objects) {
    if (!isPlain(object) || !Object.isFrozen(object)) return false
    for (const key of Reflect.ownKeys(object)) {
      const property = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
      if (!('value' in property) || isUnique(key)) return false
      const { value } = property
      if (typeof value === 'function' || isUnique(value)) return false
      if (typeof value === 'object' && value !== null) objects.add(value)
    }
  }
  return true
}

function isPlain(object: object): boolean {
  // Any other look at a Proxy runs its traps.
  if (types.isProxy(object) || typeof object === 'function') return false
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype === Array.prototype) return Array.isArray(object)
  // A Map with another prototype can be changed although it is frozen.
  return (prototype === null || prototype === Object.prototype) && contentOf(object).tag === TAG.object
}

// Whether it is refused or described is up to the policy; so are functions.
function isUnique(value: unknown): boolean {
  return typeof value === 'symbol' && symbolName(value) === undefined
}

import { inspect } from 'node:util'

/** From this length on, looking at the names of all elements would cost more than encoding them. */
const LONG = 64

// In every engine, but not in TypeScript's library. The one reflection that tells an accessor from a value
// without making an object for each property: on an array of a million numbers 16 ms against 76.
const { __lookupGetter__: lookupGetter } = Object.prototype as unknown as {
  __lookupGetter__(this: object, key: PropertyKey): unknown
}

/** Whether reading `object[key]` would run a getter. */
export function isGetter(object: object, key: PropertyKey): boolean {
  return lookupGetter.call(object, key) !== undefined
}

/**
 * Whether MessagePack gives `text` back as it was: it replaces lone surrogates, and its `TextDecoder` takes
 * a leading U+FEFF of a long string for a byte order mark and drops it.
 */
export function isPlainString(text: string): boolean {
  return text.isWellFormed() && text.charCodeAt(0) !== 0xfeff
}

/** Whether `array` is elements only: no holes, no accessors, no properties besides. Runs no code of the user. */
export function isDense(array: readonly unknown[]): boolean {
  if (!hasOnlyElements(array)) return false
  for (let index = 0; index < array.length; index++) {
    if (isGetter(array, index)) return false
    // A hole, or an accessor that has only a setter.
    if (array[index] === undefined && !isData(array, index)) return false
  }
  return true
}

function isData(object: object, key: PropertyKey): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)
  return descriptor !== undefined && 'value' in descriptor
}

// Exact only together with the loop above, which finds holes.
function hasOnlyElements(array: readonly unknown[]): boolean {
  const { length } = array
  if (length < LONG) return Reflect.ownKeys(array).length === length + 1
  if (Object.getOwnPropertySymbols(array).length > 0) return false
  // The text is compared whole: another one, of another Node say, only leads to the slower way.
  return sketch(array, true) === `[ ... ${length} more items, [length]: ${length} ]`
}

/** Whether the typed array `view`, of `length` elements, has no properties besides its elements. */
export function hasOnlyOwnElements(view: object, length: number): boolean {
  if (Object.getOwnPropertySymbols(view).length > 0) return false
  if (length < LONG) return Object.getOwnPropertyNames(view).length === length
  // Without the head: that of a Buffer names two classes.
  return sketch(view, false).endsWith(` [ ... ${length} more items ]`) || Object.keys(view).length === length
}

// `inspect` alone can ask the engine for the properties that are no elements without listing the elements.
function sketch(value: object, showHidden: boolean): string {
  return inspect(value, {
    maxArrayLength: 0,
    depth: 0,
    customInspect: false,
    breakLength: Number.POSITIVE_INFINITY,
    showHidden,
  })
}

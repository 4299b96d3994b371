import { inspect, types } from 'node:util'
import { accessor } from './own-fields.ts'

/** Up to this length it is quicker to list all keys than to ask whether there are more than the indices. */
const SHORT_ARRAY = 256

/**
 * Whether each index has an element that is data. Throws a `Refusal` for one that is an accessor, unless accessors are
 * to count as code.
 */
export function isDense(array: readonly unknown[], accessors: 'refuse' | 'code' = 'refuse'): boolean {
  for (let i = 0; i < array.length; i++) {
    // Not a read of the element, which might run a getter; a fraction of the cost of a property descriptor.
    if (lookUpGetter.call(array, i) !== undefined) return refuseOrDeny(i, accessors)
    if (array[i] !== undefined) continue
    const property = Object.getOwnPropertyDescriptor(array, i)
    if (property === undefined) return false
    if (!('value' in property)) return refuseOrDeny(i, accessors)
  }
  return true
}

function refuseOrDeny(index: number, accessors: 'refuse' | 'code'): boolean {
  if (accessors === 'refuse') throw accessor(`[${index}]`)
  return false
}

const lookUpGetter: (this: object, name: PropertyKey) => unknown = Reflect.get(
  Object.prototype,
  '__lookupGetter__',
)

/** Whether an array without holes, or a typed array, has own enumerable properties with other names than its indices. */
export function hasNamedProperties(list: readonly unknown[] | NodeJS.TypedArray): boolean {
  if (list.length <= SHORT_ARRAY) return Object.keys(list).length > list.length
  // Listing the keys of a million elements costs more than hashing them. `inspect` is the one public function that
  // looks at the other properties only, so its picture is compared with that of the same list without any.
  return picture(list) !== picture(withoutProperties(list))
}

function withoutProperties(list: readonly unknown[] | NodeJS.TypedArray): object {
  const bare = ArrayBuffer.isView(list)
    ? new (typedArrayClass(list))(list.buffer as ArrayBuffer, list.byteOffset, list.length)
    : new Array(list.length)
  return Object.setPrototypeOf(bare, Object.getPrototypeOf(list))
}

function picture(list: object): string {
  return inspect(list, {
    maxArrayLength: 0,
    maxStringLength: 0,
    depth: 0,
    customInspect: false,
    getters: false,
  })
}

type TypedArrayClass = new (buffer: ArrayBuffer, byteOffset: number, length: number) => NodeJS.TypedArray

const tagOfTypedArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get as (this: NodeJS.TypedArray) => string

/** `Float64Array`, whatever subclass and realm it is of. */
export function typedArrayName(array: NodeJS.TypedArray): string {
  return tagOfTypedArray.call(array)
}

// The tag is the name of a global class of the language.
function typedArrayClass(array: NodeJS.TypedArray): TypedArrayClass {
  return Reflect.get(globalThis, typedArrayName(array)) as TypedArrayClass
}

export function isTypedArray(value: object): value is NodeJS.TypedArray {
  return types.isTypedArray(value)
}

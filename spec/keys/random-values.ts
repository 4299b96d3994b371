import { types } from 'node:util'
import fc from 'fast-check'

/** Values from so few parts that equal ones come up. */
export const smallValue: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    tie('array'),
    tie('object'),
    tie('map'),
    tie('set'),
  ),
  leaf: fc.constantFrom<unknown>(0, -0, 1, '1', 1n, Number.NaN, null, undefined, '', true),
  array: fc.oneof(fc.array(tie('value'), { maxLength: 2 }), fc.constantFrom(new Array(1), new Array(2))),
  object: fc.dictionary(fc.constantFrom('a', 'b', '1'), tie('value'), { maxKeys: 2 }),
  map: fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 2 }).map(entries => new Map(entries)),
  set: fc.array(tie('value'), { maxLength: 2 }).map(values => new Set(values)),
})).value

/** Whether two values are of one structure: slow, and written without a look at the encoding. */
export function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (a instanceof Map && b instanceof Map) return sameMultiset([...a], [...b])
  if (a instanceof Set && b instanceof Set) return sameMultiset([...a], [...b])
  if (types.isBoxedPrimitive(a) && types.isBoxedPrimitive(b)) return Object.is(a.valueOf(), b.valueOf())
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime())
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return sameBytes(a, b)
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(key => Object.hasOwn(b, key) && alike(Reflect.get(a, key), Reflect.get(b, key)))
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const left = new Uint8Array(a.buffer as ArrayBuffer, a.byteOffset, a.byteLength)
  const right = new Uint8Array(b.buffer as ArrayBuffer, b.byteOffset, b.byteLength)
  return Buffer.compare(left, right) === 0
}

function sameMultiset(a: readonly unknown[], b: readonly unknown[]): boolean {
  const rest = [...b]
  for (const value of a) {
    const found = rest.findIndex(other => alike(value, other))
    if (found < 0) return false
    rest.splice(found, 1)
  }
  return rest.length === 0
}

/** A copy with the properties, Map entries and Set values in another order. */
export function shuffled(value: unknown, seed: number): unknown {
  let state = seed >>> 0
  const order = <T>(list: readonly T[]): T[] =>
    list
      .map(item => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        return { item, at: state }
      })
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  const copy = (original: unknown): unknown => {
    if (typeof original !== 'object' || original === null) return original
    if (original instanceof Map)
      return new Map(order([...original].map(([k, v]): [unknown, unknown] => [copy(k), copy(v)])))
    if (original instanceof Set) return new Set(order([...original].map(copy)))
    if (original instanceof Date || ArrayBuffer.isView(original)) return structuredClone(original)
    if (types.isBoxedPrimitive(original)) return Object(original.valueOf())
    const empty = Array.isArray(original)
      ? new Array(original.length)
      : Object.create(Object.getPrototypeOf(original))
    for (const key of order(Object.keys(original))) {
      Object.defineProperty(empty, key, {
        value: copy(Reflect.get(original, key)),
        writable: true,
        enumerable: true,
        configurable: true,
      })
    }
    return empty
  }
  return copy(value)
}

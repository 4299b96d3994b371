import assert from 'node:assert/strict'
import { types } from 'node:util'

/**
 * Fails unless `actual` is what `expected` is, in everything that a program can see without comparing the two:
 * prototypes, own properties with order and attributes, holes, -0, NaN, contents, and which objects are one.
 */
export function assertSame(actual: unknown, expected: unknown): void {
  const difference = differenceOf(actual, expected)
  assert.equal(difference, undefined, difference)
}

/** Where `a` and `b` first differ, and how; undefined where they do not. A loop: values may be deep. */
export function differenceOf(a: unknown, b: unknown): string | undefined {
  const forth = new Map<object, object>()
  const back = new Map<object, object>()
  const pairs: Pair[] = [{ a, b, path: '$' }]
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const { path } = pair
    if (!isObject(pair.a) || !isObject(pair.b)) {
      if (!Object.is(pair.a, pair.b)) return `${path}: ${typeof pair.a} is not ${typeof pair.b}, or another`
      continue
    }
    if (forth.has(pair.a) || back.has(pair.b)) {
      if (forth.get(pair.a) !== pair.b || back.get(pair.b) !== pair.a) return `${path}: shared otherwise`
      continue
    }
    forth.set(pair.a, pair.b)
    back.set(pair.b, pair.a)
    const difference = compareObjects(pair.a, pair.b, path, pairs)
    if (difference !== undefined) return difference
  }
  return undefined
}

interface Pair {
  readonly a: unknown
  readonly b: unknown
  readonly path: string
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function compareObjects(a: object, b: object, path: string, pairs: Pair[]): string | undefined {
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${path}: other prototypes`
  if (kindOf(a) !== kindOf(b)) return `${path}: ${kindOf(a)} is not ${kindOf(b)}`
  if (ArrayBuffer.isView(a)) {
    const other = b as ArrayBufferView
    return sameBytes(bytesOf(a), bytesOf(other)) ? undefined : `${path}: other bytes`
  }
  if (types.isAnyArrayBuffer(a)) {
    return sameBytes(new Uint8Array(a), new Uint8Array(b as ArrayBuffer)) ? undefined : `${path}: other bytes`
  }
  const inside = insideOf(a)
  const otherInside = insideOf(b)
  if (inside.length !== otherInside.length) return `${path}: other size`
  for (const [index, item] of inside.entries()) {
    pairs.push({ a: item, b: otherInside[index], path: `${path}<${index}>` })
  }
  const keys = Reflect.ownKeys(a)
  const otherKeys = Reflect.ownKeys(b)
  if (keys.length !== otherKeys.length || keys.some((key, index) => key !== otherKeys[index])) {
    return `${path}: keys ${keys.map(String)} are not ${otherKeys.map(String)}`
  }
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(a, key)
    const other = Object.getOwnPropertyDescriptor(b, key)
    if (property?.enumerable !== other?.enumerable) return `${path}.${String(key)}: other attributes`
    const read = (object: object) => (object as Record<PropertyKey, unknown>)[key]
    pairs.push({ a: read(a), b: read(b), path: `${path}.${String(key)}` })
  }
  return undefined
}

function kindOf(value: object): string {
  if (Array.isArray(value)) return 'array'
  const checks = [
    types.isMap,
    types.isSet,
    types.isDate,
    types.isRegExp,
    types.isNativeError,
    types.isArrayBuffer,
    types.isStringObject,
    types.isNumberObject,
    types.isBooleanObject,
    types.isBigIntObject,
    types.isUint8Array,
    types.isTypedArray,
    types.isDataView,
  ]
  return checks.find(check => check(value))?.name ?? 'object'
}

/** What an object holds besides its properties, in order. */
function insideOf(value: object): readonly unknown[] {
  if (types.isMap(value)) return [...Map.prototype.entries.call(value)].flat(1)
  if (types.isSet(value)) return [...Set.prototype.values.call(value)]
  if (types.isDate(value)) return [value.getTime()]
  if (types.isRegExp(value)) return [value.source, value.flags]
  if (types.isBoxedPrimitive(value)) return [value.valueOf()]
  if (value instanceof URL) return [value.href]
  if (value instanceof URLSearchParams) return [...value].flat()
  if (value instanceof DOMException) return [value.name, value.message, value.code]
  return []
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

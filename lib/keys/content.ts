import { types } from 'node:util'
import { typeName } from '../base/type-name.ts'
import { hasNamedProperties, isDense, isTypedArray, typedArrayName } from './array-content.ts'
import { ABSENT } from './atoms.ts'
import { NO_POLICY, type Reading } from './encoding.ts'
import type { Content } from './held-content.ts'
import { nativeKindOf } from './native-kinds.ts'
import { inheritedData, type Skip } from './own-fields.ts'
import { Refusal } from './refusal.ts'
import { TAG } from './tags.ts'

const PLAIN: Content = { tag: TAG.object, base: 'Object' }

/** The content of `value`, found by what it is inside and not by its prototype. Throws a `Refusal` for what has none. */
export function contentOf(value: object, reading: Reading = NO_POLICY): Content {
  if (Array.isArray(value)) return arrayContent(value, reading)
  if (ArrayBuffer.isView(value)) return viewContent(value)
  if (types.isMap(value)) return mapContent(value)
  if (types.isSet(value)) return { tag: TAG.set, base: 'Set', bag: [...setValues.call(value)], entrySize: 1 }
  if (types.isDate(value)) return { tag: TAG.date, base: 'Date', head: [Date.prototype.getTime.call(value)] }
  if (types.isRegExp(value)) return regexpContent(value)
  if (types.isNativeError(value)) return errorContent(value, reading)
  if (types.isAnyArrayBuffer(value)) return bufferContent(value)
  if (types.isBoxedPrimitive(value)) return boxedContent(value)
  if (hasNoIdentity(value))
    throw new Refusal(types.isArgumentsObject(value) ? 'arguments object' : typeName(value))
  if (types.isModuleNamespaceObject(value)) throw new Refusal('module namespace')
  return nativeContent(value) ?? PLAIN
}

function nativeContent(value: object): Content | undefined {
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return undefined
  const kind = nativeKindOf(prototype)
  // What is made by Object.create(URL.prototype) only looks like one.
  const held = kind?.read(value)
  return kind === undefined || held === undefined ? undefined : { ...held, base: kind.base }
}

const setValues = Set.prototype.values
const mapEntries = Map.prototype.entries

/** Objects that are what they are, and cannot be told from others of their kind by content. */
function hasNoIdentity(value: object): boolean {
  return (
    types.isPromise(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isGeneratorObject(value) ||
    types.isMapIterator(value) ||
    types.isSetIterator(value) ||
    types.isArgumentsObject(value) ||
    types.isExternal(value)
  )
}

function arrayContent(array: readonly unknown[], { accessors }: Reading): Content {
  if (!isDense(array, accessors)) return { tag: TAG.sparseArray, base: 'Array', head: [array.length] }
  const content: Content = { tag: TAG.array, base: 'Array', head: [array.length], items: array }
  if (!hasNamedProperties(array)) return { ...content, skip: 'strings' }
  return { ...content, skip: name => isIndexBelow(array.length, name) }
}

function isIndexBelow(length: number, name: string | symbol): boolean {
  if (typeof name === 'symbol') return false
  const index = Number(name)
  return Number.isInteger(index) && index >= 0 && index < length && String(index) === name
}

function viewContent(view: ArrayBufferView): Content {
  const raw = attached(() => new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength))
  if (!isTypedArray(view)) return { tag: TAG.dataView, base: 'DataView', raw }
  const base = typedArrayName(view)
  const { length } = view
  const skip: Skip = hasNamedProperties(view) ? name => isIndexBelow(length, name) : 'strings'
  return { tag: TAG.typedArray, base, head: [base], raw, skip }
}

function attached(read: () => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  try {
    return read()
  } catch {
    throw new Refusal('detached ArrayBuffer', 'was given to another thread')
  }
}

function bufferContent(buffer: ArrayBufferLike): Content {
  const raw = attached(() => new Uint8Array(buffer as ArrayBuffer))
  const resizable: unknown = Reflect.get(buffer, 'resizable')
  const limit: unknown = resizable === true ? Reflect.get(buffer, 'maxByteLength') : ABSENT
  if (types.isSharedArrayBuffer(buffer)) return { tag: TAG.sharedArrayBuffer, base: 'SharedArrayBuffer', raw }
  return { tag: TAG.arrayBuffer, base: 'ArrayBuffer', head: [limit], raw }
}

function mapContent(map: Map<unknown, unknown>): Content {
  return { tag: TAG.map, base: 'Map', bag: [...mapEntries.call(map)].flat(1), entrySize: 2 }
}

const sourceOfRegExp = Object.getOwnPropertyDescriptor(RegExp.prototype, 'source')?.get as (
  this: RegExp,
) => string
const flagsOfRegExp = Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags')?.get as (
  this: RegExp,
) => string

function regexpContent(regexp: RegExp): Content {
  const head = [sourceOfRegExp.call(regexp), flagsOfRegExp.call(regexp)]
  return { tag: TAG.regexp, base: 'RegExp', head, items: [regexp.lastIndex], labels: ['.lastIndex'] }
}

const ERROR_PROPERTIES = ['name', 'message', 'cause', 'errors']

// Not the stack: it holds the paths of files.
function errorContent(error: Error, reading: Reading): Content {
  return {
    tag: TAG.error,
    base: 'Error',
    items: ERROR_PROPERTIES.map(name => inheritedData(error, name, ABSENT, reading)),
    labels: ERROR_PROPERTIES.map(name => `.${name}`),
    skip: name => name === 'stack' || ERROR_PROPERTIES.includes(name as string),
  }
}

function boxedContent(boxed: object): Content {
  const primitive = unbox(boxed)
  const type = typeof primitive
  const content: Content = {
    tag: TAG.boxed,
    base: type === 'bigint' ? 'BigInt' : `${type.charAt(0).toUpperCase()}${type.slice(1)}`,
    items: [primitive],
    labels: ['.valueOf()'],
  }
  return typeof primitive === 'string'
    ? { ...content, skip: name => isIndexBelow(primitive.length, name) }
    : content
}

function unbox(boxed: object): unknown {
  if (types.isNumberObject(boxed)) return Number.prototype.valueOf.call(boxed)
  if (types.isStringObject(boxed)) return String.prototype.valueOf.call(boxed)
  if (types.isBooleanObject(boxed)) return Boolean.prototype.valueOf.call(boxed)
  if (types.isBigIntObject(boxed)) return BigInt.prototype.valueOf.call(boxed)
  return Symbol.prototype.valueOf.call(boxed)
}

import { types } from 'node:util'
import { hasNamedProperties, isDense, isTypedArray, typedArrayName } from './array-content.ts'
import { ABSENT } from './atoms.ts'
import { inheritedData, type Skip } from './own-fields.ts'
import { Refusal, typeName } from './refusal.ts'
import { TAG } from './tags.ts'

/** What an object holds beside its fields, which only its kind can tell. */
export interface Content {
  readonly tag: number
  /** The class of the language that objects of this kind have when they are of no subclass. */
  readonly base: string
  readonly head?: readonly unknown[]
  readonly raw?: Uint8Array
  readonly items?: readonly unknown[]
  readonly labels?: readonly string[]
  /** The entries of a Map or Set, flat. */
  readonly bag?: readonly unknown[]
  readonly entrySize?: 1 | 2
  /** Own properties that are said here already, and are no fields. */
  readonly skip?: Skip
}

const PLAIN: Content = { tag: TAG.object, base: 'Object' }

/** The content of `value`, found by what it is inside and not by its prototype. Throws a `Refusal` for what has none. */
export function contentOf(value: object): Content {
  if (Array.isArray(value)) return arrayContent(value)
  if (ArrayBuffer.isView(value)) return viewContent(value)
  if (types.isMap(value)) return mapContent(value)
  if (types.isSet(value)) return { tag: TAG.set, base: 'Set', bag: [...setValues.call(value)], entrySize: 1 }
  if (types.isDate(value)) return { tag: TAG.date, base: 'Date', head: [Date.prototype.getTime.call(value)] }
  if (types.isRegExp(value)) return regexpContent(value)
  if (types.isNativeError(value)) return errorContent(value)
  if (types.isAnyArrayBuffer(value)) return bufferContent(value)
  if (types.isBoxedPrimitive(value)) return boxedContent(value)
  if (hasNoIdentity(value))
    throw new Refusal(types.isArgumentsObject(value) ? 'arguments object' : typeName(value))
  if (types.isModuleNamespaceObject(value)) throw new Refusal('module namespace')
  if (Object.prototype.isPrototypeOf.call(URL.prototype, value)) return urlContent(value)
  if (Object.prototype.isPrototypeOf.call(URLSearchParams.prototype, value)) return searchParamsContent(value)
  return PLAIN
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

function arrayContent(array: readonly unknown[]): Content {
  if (!isDense(array)) return { tag: TAG.sparseArray, base: 'Array', head: [array.length] }
  const content: Content = { tag: TAG.array, base: 'Array', head: [array.length], items: array }
  if (!hasNamedProperties(array)) return { ...content, skip: 'strings' }
  return { ...content, skip: name => isIndexBelow(array.length, name) }
}

function isIndexBelow(length: number, name: string): boolean {
  const index = Number(name)
  return Number.isInteger(index) && index >= 0 && index < length && String(index) === name
}

function viewContent(view: ArrayBufferView): Content {
  const raw = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)
  if (!isTypedArray(view)) return { tag: TAG.dataView, base: 'DataView', raw }
  const base = typedArrayName(view)
  const { length } = view
  const skip: Skip = hasNamedProperties(view) ? name => isIndexBelow(length, name) : 'strings'
  return { tag: TAG.typedArray, base, head: [base], raw, skip }
}

function bufferContent(buffer: ArrayBufferLike): Content {
  const raw = new Uint8Array(buffer as ArrayBuffer)
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
function errorContent(error: Error): Content {
  return {
    tag: TAG.error,
    base: 'Error',
    items: ERROR_PROPERTIES.map(name => inheritedData(error, name, ABSENT)),
    labels: ERROR_PROPERTIES.map(name => `.${name}`),
    skip: name => name === 'stack' || ERROR_PROPERTIES.includes(name),
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

const hrefOfUrl = Object.getOwnPropertyDescriptor(URL.prototype, 'href')?.get as (this: object) => string

function urlContent(url: object): Content {
  try {
    return { tag: TAG.url, base: 'URL', head: [hrefOfUrl.call(url)] }
  } catch {
    // Made by Object.create(URL.prototype): it only looks like one.
    return PLAIN
  }
}

function searchParamsContent(parameters: object): Content {
  try {
    const pairs = [...URLSearchParams.prototype.entries.call(parameters as URLSearchParams)].flat()
    return { tag: TAG.urlSearchParams, base: 'URLSearchParams', items: pairs }
  } catch {
    return PLAIN
  }
}

import { types } from 'node:util'
import { typeName } from '../base/type-name.ts'
import { putErrorProperties } from './error-values.ts'
import { EXTENSION, Extension } from './extensions.ts'
import { lowerLeaf, lowerString } from './leaf.ts'
import { append } from './lower-plain.ts'
import { fillSlot, type Lowering, type Slot } from './lowering.ts'
import { marker } from './marker.ts'
import { refuseOwnProperties } from './own-property.ts'
import { unencodable } from './place.ts'

// The methods of the prototypes, as they were at load: a value cannot bring its own.
const { forEach: forEachOfMap } = Map.prototype
const { forEach: forEachOfSet } = Set.prototype
const { getTime } = Date.prototype
const getHref = getter(URL.prototype, 'href')
const getSearchParams = getter(URL.prototype, 'searchParams')
const { toString: searchParamsText } = URLSearchParams.prototype
const getSource = getter(RegExp.prototype, 'source')
const getFlags = getter(RegExp.prototype, 'flags')
const getDomName = getter(DOMException.prototype, 'name')
const getDomMessage = getter(DOMException.prototype, 'message')

export const isUrl = (value: object) => succeeds(() => getHref(value))
export const isSearchParams = (value: object) =>
  succeeds(() => searchParamsText.call(value as URLSearchParams))
export const isDomException = (value: object) => succeeds(() => getDomName(value))
/** Whether a value is a boxed primitive of the class with `prototype`. */
export const isBoxOf = (prototype: object) => (value: object) =>
  types.isBoxedPrimitive(value) && Object.getPrototypeOf(Object(unbox(value))) === prototype

export function lowerMap(lowering: Lowering, slot: Slot, map: Map<unknown, unknown>): void {
  refuseOwnProperties(slot, map, 'Map')
  const node = [marker(EXTENSION.MAP)]
  fillSlot(slot, node)
  putPairs(lowering, slot, node, map)
}

/** Appends key and value of each entry. */
export function putPairs(lowering: Lowering, slot: Slot, node: unknown[], map: Map<unknown, unknown>): void {
  let step = 0
  forEachOfMap.call(map, (value, key) => {
    append(lowering, node, key, { parent: slot, via: 'key', step })
    append(lowering, node, value, { parent: slot, via: 'value', step })
    step++
  })
}

export function lowerSet(lowering: Lowering, slot: Slot, set: Set<unknown>): void {
  refuseOwnProperties(slot, set, 'Set')
  const node = [marker(EXTENSION.SET)]
  fillSlot(slot, node)
  putItems(lowering, slot, node, set)
}

/** Appends each element. */
export function putItems(lowering: Lowering, slot: Slot, node: unknown[], set: Set<unknown>): void {
  let step = 0
  forEachOfSet.call(set, item => append(lowering, node, item, { parent: slot, via: 'item', step: step++ }))
}

export function lowerDate(_: Lowering, slot: Slot, date: Date): void {
  refuseOwnProperties(slot, date, 'Date')
  const data = new Uint8Array(8)
  new DataView(data.buffer).setFloat64(0, getTime.call(date))
  fillSlot(slot, new Extension(EXTENSION.DATE, data))
}

export function lowerRegExp(_: Lowering, slot: Slot, regExp: RegExp): void {
  refuseOwnProperties(slot, regExp, 'RegExp', new Set(['lastIndex']))
  const lastIndex: unknown = regExp.lastIndex
  if (typeof lastIndex !== 'number') {
    throw unencodable(
      { parent: slot, via: 'property', step: 'lastIndex' },
      { type: typeof lastIndex, because: 'it is no number', todo: 'Set it to a number.' },
    )
  }
  const source = lowerString(String(getSource(regExp)))
  fillSlot(slot, [marker(EXTENSION.REGEXP), source, getFlags(regExp), lowerLeaf(lastIndex)])
}

export function lowerUrl(_: Lowering, slot: Slot, url: URL): void {
  refuseOwnProperties(slot, url, 'URL')
  fillSlot(slot, [marker(EXTENSION.URL), getHref(url)])
}

export function lowerSearchParams(_: Lowering, slot: Slot, params: URLSearchParams): void {
  refuseOwnProperties(slot, params, 'URLSearchParams')
  fillSlot(slot, [marker(EXTENSION.URL_SEARCH_PARAMS), searchParamsText.call(params)])
}

/** The `searchParams` of a URL write through to it. Restored on their own they would not. */
export function refuseSearchParamsOfUrls(lowering: Lowering): void {
  const objects = [...lowering.seen.keys()]
  if (!objects.some(isParams)) return
  for (const object of objects) {
    if (Object.getPrototypeOf(object) !== URL.prototype) continue
    const slot = lowering.seen.get(getSearchParams(object) as object)
    if (slot === undefined) continue
    throw unencodable(slot, {
      type: 'URLSearchParams',
      because: 'it is the searchParams of a URL in the same value, and that they are one would be lost',
      todo: 'Give a copy: new URLSearchParams(url.searchParams).',
    })
  }
}

const isParams = (object: object) => Object.getPrototypeOf(object) === URLSearchParams.prototype

export function lowerBoxed(_: Lowering, slot: Slot, box: object): void {
  const primitive = unbox(box)
  const indices = typeof primitive === 'string' ? Object.keys(Object(primitive)) : []
  refuseOwnProperties(slot, box, typeName(box), new Set([...indices, 'length']))
  fillSlot(slot, [marker(EXTENSION.BOXED), lowerLeaf(primitive)])
}

export function lowerDomException(lowering: Lowering, slot: Slot, error: DOMException): void {
  const texts = [getDomMessage(error), getDomName(error)].map(text => lowerString(String(text)))
  const node = [marker(EXTENSION.DOM_EXCEPTION), ...texts]
  fillSlot(slot, node)
  putErrorProperties(lowering, slot, node, error)
}

function unbox(box: object): unknown {
  if (types.isStringObject(box)) return String.prototype.valueOf.call(box)
  if (types.isNumberObject(box)) return Number.prototype.valueOf.call(box)
  if (types.isBooleanObject(box)) return Boolean.prototype.valueOf.call(box)
  if (types.isBigIntObject(box)) return BigInt.prototype.valueOf.call(box)
  return Symbol.prototype.valueOf.call(box)
}

function getter(prototype: object, name: string): (object: object) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get
  return object => get?.call(object)
}

function succeeds(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

import { types } from 'node:util'
import { typeName, withArticle } from '../base/type-name.ts'
import type { Attachments } from './attachments.ts'
import { finishBinaries, lowerBinary } from './binary.ts'
import { registrationOf } from './class-registry.ts'
import { putErrorProperties } from './error-values.ts'
import { ERROR_CLASSES, EXTENSION } from './extensions.ts'
import { entangled } from './link-order.ts'
import { lowerInstance } from './lower-instance.ts'
import { lowerArray, lowerNullPrototype, lowerObject } from './lower-plain.ts'
import * as special from './lower-special.ts'
import { asHolder, fillSlot, type Lowering, put, type Slot } from './lowering.ts'
import { marker } from './marker.ts'
import { unencodable } from './place.ts'
import { VIEW_PROTOTYPES, viewKindOf } from './view-kinds.ts'

/**
 * The body of `value` in graph form: a table of the value and of every object in it that is reached twice, lies
 * deeper than `MAX_DEPTH`, or must be complete before others. Large binary contents go to `attachments`. `root` names
 * the value in error messages. Throws ERR_CACHE_UNENCODABLE on what would not come back equal.
 */
export function lower(value: unknown, root: string, attachments: Attachments): readonly unknown[] {
  const lowering: Lowering = {
    table: [undefined],
    seen: new Map(),
    pending: [],
    binaries: [],
    customs: new Map(),
    depth: 0,
    walk,
  }
  const spot = { holder: asHolder(lowering.table), key: 0 }
  put(lowering, value, spot, { parent: undefined, via: 'root', step: root })
  // Grows while it is walked.
  for (const { slot, value: hoisted } of lowering.pending) walk(lowering, slot, hoisted)
  finishBinaries(lowering, attachments)
  special.refuseSearchParamsOfUrls(lowering)
  refuseEntangledCustoms(lowering)
  return lowering.table
}

const isKnownView = (value: object) => viewKindOf(value) !== undefined

interface Kind {
  /** Whether an object with the prototype is one underneath. */
  readonly is: (value: object) => boolean
  readonly lower: (lowering: Lowering, slot: Slot, value: never) => void
}
type Lower = Kind['lower']

const KINDS = new Map<object | null, Kind>([
  [null, { is: value => !types.isModuleNamespaceObject(value), lower: lowerNullPrototype }],
  [Object.prototype, { is: value => !types.isArgumentsObject(value), lower: lowerObject }],
  [Array.prototype, { is: Array.isArray, lower: lowerArray }],
  [Map.prototype, { is: types.isMap, lower: special.lowerMap }],
  [Set.prototype, { is: types.isSet, lower: special.lowerSet }],
  [Date.prototype, { is: types.isDate, lower: special.lowerDate }],
  [RegExp.prototype, { is: types.isRegExp, lower: special.lowerRegExp }],
  [URL.prototype, { is: special.isUrl, lower: special.lowerUrl }],
  [URLSearchParams.prototype, { is: special.isSearchParams, lower: special.lowerSearchParams }],
  [DOMException.prototype, { is: special.isDomException, lower: special.lowerDomException }],
  [ArrayBuffer.prototype, { is: types.isArrayBuffer, lower: lowerBinary }],
  [SharedArrayBuffer.prototype, { is: types.isSharedArrayBuffer, lower: lowerBinary }],
  ...VIEW_PROTOTYPES.map(prototype => [prototype, { is: isKnownView, lower: lowerBinary }] as const),
  ...[Boolean, Number, String, BigInt].map(
    ({ prototype }) => [prototype, { is: special.isBoxOf(prototype), lower: special.lowerBoxed }] as const,
  ),
  ...ERROR_CLASSES.map(
    ({ prototype }, index) => [prototype, { is: types.isNativeError, lower: lowerErrorOf(index) }] as const,
  ),
])

function walk(lowering: Lowering, slot: Slot, value: object): void {
  const prototype = Object.getPrototypeOf(value) as object | null
  const kind = KINDS.get(prototype)
  if (kind?.is(value)) {
    // Found by the prototype of the very value, and checked: it is what the function takes.
    const lowerKind = kind.lower as (lowering: Lowering, slot: Slot, value: object) => void
    lowerKind(lowering, slot, value)
    return
  }
  const registration = prototype === null ? undefined : registrationOf(prototype)
  if (kind !== undefined || registration === undefined) throw refuse(slot, value)
  lowerInstance(lowering, slot, value, registration)
}

function lowerErrorOf(index: number): Lower {
  return (lowering, slot, error: object) => {
    const node = [marker(EXTENSION.ERROR), index]
    fillSlot(slot, node)
    putErrorProperties(lowering, slot, node, error)
  }
}

function refuse(slot: Slot, value: object): Error {
  if (types.isPromise(value)) {
    return unencodable(slot, {
      type: typeName(value),
      because: 'it is a Promise, and what it waits for cannot be restored',
      todo: 'Await it first.',
    })
  }
  const type = types.isArgumentsObject(value)
    ? 'arguments object'
    : types.isModuleNamespaceObject(value)
      ? 'module namespace'
      : typeName(value)
  return unencodable(slot, {
    type,
    because: `it is ${withArticle(type)}, and instances of it cannot be restored`,
    todo: 'Give its class to registerClass(), or leave it out of the value.',
  })
}

function refuseEntangledCustoms(lowering: Lowering): void {
  if (lowering.customs.size === 0) return
  const index = entangled(lowering.table, index => lowering.customs.has(index))
  const slot = index === undefined ? undefined : lowering.customs.get(index)
  if (slot === undefined) return
  throw unencodable(slot, {
    type: 'cycle',
    because:
      'the state that its class encodes leads back to it, so decode() could never be given a complete one',
    todo: 'Leave the way back out of the state, or register the class without encode and decode.',
  })
}

import { types } from 'node:util'
import { MAX_DEPTH } from './body.ts'
import { EXTENSION, Extension } from './extensions.ts'
import { lowerLeaf } from './leaf.ts'
import { type Place, unencodable } from './place.ts'

/** A place in the lowered tree: an array or a record of ours, and the index or key in it. */
export interface Spot {
  holder: Holder
  key: string | number
}
export interface Holder {
  [key: string | number]: unknown
}

/** One object of the value, where it lies in the value and where in the lowered tree. */
export interface Slot extends Place, Spot {
  readonly parent: Slot | undefined
  node: unknown
  /** Given when a second way leads to the object: it then stands in the table, and this at every place. */
  reference: Extension | undefined
}

/** One run of `lower`. */
export interface Lowering {
  /** The body to be: the root, then every hoisted object. */
  readonly table: unknown[]
  readonly seen: Map<object, Slot>
  /** Hoisted, not yet walked. */
  readonly pending: { readonly slot: Slot; readonly value: object }[]
  /** Walked last, when it is known which of them share an ArrayBuffer. */
  readonly binaries: { readonly slot: Slot; readonly value: ArrayBuffer | ArrayBufferView }[]
  /** Slots of instances whose class has its own `decode`, by index in the table. */
  readonly customs: Map<number, Slot>
  depth: number
  /** Puts the node of `value` into `slot` by `fillSlot` and walks what lies in it. */
  readonly walk: (lowering: Lowering, slot: Slot, value: object) => void
}

/** Lowers `value`, which lies at `place` of the value, into `spot`. */
export function put(
  lowering: Lowering,
  value: unknown,
  spot: Spot,
  place: Place & { parent: Slot | undefined },
): void {
  const leaf = lowerLeaf(value)
  if (leaf !== undefined) {
    spot.holder[spot.key] = leaf
    return
  }
  if (typeof value !== 'object' || value === null) throw refusePrimitive(place, value)
  const met = lowering.seen.get(value)
  if (met !== undefined) {
    share(lowering, met)
    spot.holder[spot.key] = met.reference
    return
  }
  // Spelled out: spreading made this whole floor four times slower.
  const { parent, via, step } = place
  const slot: Slot = {
    parent,
    via,
    step,
    holder: spot.holder,
    key: spot.key,
    node: undefined,
    reference: undefined,
  }
  if (types.isProxy(value)) {
    throw unencodable(slot, {
      type: 'Proxy',
      because: 'it is a Proxy, and what it does cannot be restored',
      todo: 'Give the object behind it, or a copy of it.',
    })
  }
  lowering.seen.set(value, slot)
  if (lowering.depth >= MAX_DEPTH) {
    hoist(lowering, slot)
    lowering.pending.push({ slot, value })
    return
  }
  lowering.depth++
  lowering.walk(lowering, slot, value)
  lowering.depth--
}

/** Sets the node that stands for the slot's object. Before its contents, which may lead back to it. */
export function fillSlot(slot: Slot, node: unknown): void {
  slot.node = node
  slot.holder[slot.key] = node
}

function share(lowering: Lowering, slot: Slot): void {
  if (slot.reference === undefined) hoist(lowering, slot)
}

/** Moves what stands in the slot into the table, and leaves a reference in its place. */
export function hoist(lowering: Lowering, slot: Slot): void {
  // The root stands there from the start.
  if (slot.parent === undefined) {
    slot.reference = referenceTo(0)
    return
  }
  const index = lowering.table.length
  slot.reference = referenceTo(index)
  lowering.table.push(slot.node)
  slot.holder[slot.key] = slot.reference
  slot.holder = asHolder(lowering.table)
  slot.key = index
}

export function referenceTo(index: number): Extension {
  const data = new Uint8Array(4)
  new DataView(data.buffer).setUint32(0, index)
  return new Extension(EXTENSION.REFERENCE, data)
}

/** An array as a holder of its elements: only ever indexed by number. */
export function asHolder(array: unknown[]): Holder {
  return array as unknown as Holder
}

function refusePrimitive(place: Place, value: unknown): Error {
  const type = typeof value
  return unencodable(place, {
    type,
    because: `it is a ${type}, and a ${type} cannot be restored`,
    todo: 'Leave it out of the value.',
  })
}

import { typeName } from '../base/type-name.ts'
import { hasBase, type Registration } from './class-registry.ts'
import { putErrorProperties } from './error-values.ts'
import { BASE, EXTENSION } from './extensions.ts'
import { lowerString } from './leaf.ts'
import { append, putElements, putProperties, visibleProperties } from './lower-plain.ts'
import { putItems, putPairs } from './lower-special.ts'
import { fillSlot, hoist, type Lowering, type Slot } from './lowering.ts'
import { marker } from './marker.ts'
import { unencodable } from './place.ts'

/** Lowers an instance of a registered class: through its `encode`, or as its properties and contents. */
export function lowerInstance(
  lowering: Lowering,
  slot: Slot,
  instance: object,
  registration: Registration,
): void {
  if (registration.custom === undefined) lowerPlainInstance(lowering, slot, instance, registration)
  else lowerCustom(lowering, slot, instance, registration)
}

function lowerPlainInstance(
  lowering: Lowering,
  slot: Slot,
  instance: object,
  { base, name }: Registration,
): void {
  if (!hasBase(instance, base)) {
    throw unencodable(slot, {
      type: typeName(instance),
      because: `it has the prototype of ${name}, but was not made by it`,
      todo: `Make it with new ${name}(), or leave it out of the value.`,
    })
  }
  const node: unknown[] = [marker(EXTENSION.INSTANCE), lowerString(name), base]
  fillSlot(slot, node)
  if (base === BASE.ERROR) putErrorProperties(lowering, slot, node, instance)
  // An array's own properties are among its elements.
  else if (base === BASE.ARRAY) putElements(lowering, slot, node, instance as unknown[])
  else {
    const properties = visibleProperties(slot, instance)
    node.push(properties.length)
    putProperties(lowering, slot, node, properties)
    if (base === BASE.MAP) putPairs(lowering, slot, node, instance as Map<unknown, unknown>)
    if (base === BASE.SET) putItems(lowering, slot, node, instance as Set<unknown>)
  }
}

function lowerCustom(lowering: Lowering, slot: Slot, instance: object, { name, custom }: Registration): void {
  // In the table always: an entry there is complete before those that refer to it.
  if (slot.reference === undefined) hoist(lowering, slot)
  const node: unknown[] = [marker(EXTENSION.CUSTOM), lowerString(name)]
  fillSlot(slot, node)
  lowering.customs.set(Number(slot.key), slot)
  append(lowering, node, stateOf(slot, instance, name, custom), { parent: slot, via: 'state', step: name })
}

function stateOf(slot: Slot, instance: object, name: string, custom: Registration['custom']): unknown {
  try {
    return custom?.encode(instance)
  } catch (cause) {
    throw unencodable(slot, {
      type: typeName(instance),
      because: `encode() of ${name} threw`,
      todo: 'Its error is the cause of this one.',
      cause,
    })
  }
}

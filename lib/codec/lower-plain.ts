import { EXTENSION } from './extensions.ts'
import { lowerLeaf, lowerString } from './leaf.ts'
import { asHolder, fillSlot, type Holder, type Lowering, put, type Slot } from './lowering.ts'
import { marker } from './marker.ts'
import { type OwnProperty, visibleProperty } from './own-property.ts'
import { isDense, isPlainString } from './plain.ts'

export function lowerObject(lowering: Lowering, slot: Slot, object: object): void {
  const properties = visibleProperties(slot, object)
  // MessagePack's decoder refuses the key `__proto__`, and changes text that is not well formed.
  if (properties.every(({ key }) => key !== '__proto__' && isPlainString(key))) {
    const node: Holder = {}
    fillSlot(slot, node)
    for (const { key, value } of properties) {
      const leaf = lowerLeaf(value)
      if (leaf !== undefined) node[key] = leaf
      else put(lowering, value, { holder: node, key }, { parent: slot, via: 'property', step: key })
    }
    return
  }
  const node = [marker(EXTENSION.OBJECT)]
  fillSlot(slot, node)
  putProperties(lowering, slot, node, properties)
}

export function lowerNullPrototype(lowering: Lowering, slot: Slot, object: object): void {
  const node = [marker(EXTENSION.NULL_PROTOTYPE)]
  fillSlot(slot, node)
  putProperties(lowering, slot, node, visibleProperties(slot, object))
}

export function lowerArray(lowering: Lowering, slot: Slot, array: readonly unknown[]): void {
  if (isDense(array)) {
    const node: unknown[] = []
    fillSlot(slot, node)
    const holder = asHolder(node)
    for (let key = 0; key < array.length; key++) {
      const leaf = lowerLeaf(array[key])
      if (leaf !== undefined) node[key] = leaf
      else put(lowering, array[key], { holder, key }, { parent: slot, via: 'property', step: key })
    }
    return
  }
  const node = [marker(EXTENSION.ARRAY)]
  fillSlot(slot, node)
  putElements(lowering, slot, node, array)
}

/** Appends the length of `array`, then key and value of every property: holes are what is not there. */
export function putElements(
  lowering: Lowering,
  slot: Slot,
  node: unknown[],
  array: readonly unknown[],
): void {
  node.push(array.length)
  for (const key of Reflect.ownKeys(array)) {
    if (key === 'length') continue
    const { value } = visibleProperty(slot, array, key)
    const step = isIndex(key) ? Number(key) : key
    node.push(typeof step === 'string' ? lowerString(step) : step)
    append(lowering, node, value, { parent: slot, via: 'property', step })
  }
}

/** Appends key and value of each of `properties`. */
export function putProperties(
  lowering: Lowering,
  slot: Slot,
  node: unknown[],
  properties: readonly OwnProperty[],
): void {
  for (const { key, value } of properties) {
    node.push(lowerString(key))
    append(lowering, node, value, { parent: slot, via: 'property', step: key })
  }
}

/** Appends `value`, which lies at `place`, to the contents of a marker. */
export function append(
  lowering: Lowering,
  node: unknown[],
  value: unknown,
  place: Parameters<typeof put>[3],
): void {
  put(lowering, value, { holder: asHolder(node), key: node.length }, place)
}

export function visibleProperties(slot: Slot, object: object): OwnProperty[] {
  return Reflect.ownKeys(object).map(key => visibleProperty(slot, object, key))
}

function isIndex(key: PropertyKey): boolean {
  return typeof key === 'string' && String(Number(key) >>> 0) === key && key !== '4294967295'
}

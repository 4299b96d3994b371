import { EXTENSION } from './extensions.ts'
import { fillInstance } from './raise-instance.ts'
import { fillArray, fillErrorProperties, fillItems, fillPairs, fillProperties } from './raise-properties.ts'
import type { Marker, Raising } from './raising.ts'

/** Puts the contents of the marker `node` into `value`, its shell. */
export function fillMarker(raising: Raising, node: Marker, value: object): void {
  switch (node[0].type) {
    case EXTENSION.ARRAY:
      fillArray(raising, node, 1, value as unknown[])
      break
    case EXTENSION.NULL_PROTOTYPE:
    case EXTENSION.OBJECT:
      fillProperties(raising, node, { start: 1, end: node.length }, value)
      break
    case EXTENSION.MAP:
      fillPairs(raising, node, 1, value as Map<unknown, unknown>)
      break
    case EXTENSION.SET:
      fillItems(raising, node, 1, value as Set<unknown>)
      break
    case EXTENSION.ERROR:
      fillErrorProperties(raising, node, 2, value)
      break
    case EXTENSION.DOM_EXCEPTION:
      fillErrorProperties(raising, node, 3, value)
      break
    case EXTENSION.INSTANCE:
      fillInstance(raising, node, value)
      break
    // The others are complete as shells.
  }
}

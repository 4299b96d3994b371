import { countAt, damaged, type Marker, type Raising, textAt } from './raising.ts'

const MAX_ARRAY_LENGTH = 2 ** 32 - 1

// As in `lower-special`: an instance's class may override them, and must not see a half-filled instance.
const { set: setOfMap } = Map.prototype
const { add: addToSet } = Set.prototype

/** Key and value in turn, from `start` to before `end`. */
export function fillProperties(
  raising: Raising,
  node: Marker,
  { start, end }: { readonly start: number; readonly end: number },
  target: object,
): void {
  if ((end - start) % 2 !== 0) throw damaged('a value is missing')
  for (let at = start; at < end; at += 2) {
    define(target, textAt(node, at), raising.build(raising, node[at + 1]), true)
  }
}

/** Key, whether hidden, and value in turn, to the end. */
export function fillErrorProperties(raising: Raising, node: Marker, start: number, error: object): void {
  if (node.length < start || (node.length - start) % 3 !== 0) throw damaged('a value is missing')
  for (let at = start; at < node.length; at += 3) {
    const hidden = node[at + 1]
    if (typeof hidden !== 'boolean') throw damaged('a property is damaged')
    define(error, textAt(node, at), raising.build(raising, node[at + 2]), !hidden)
  }
}

/** The length, then index or key and value in turn. */
export function fillArray(raising: Raising, node: Marker, start: number, array: unknown[]): void {
  const length = countAt(node, start)
  if (length > MAX_ARRAY_LENGTH || (node.length - start) % 2 !== 1) throw damaged('an array is damaged')
  // The engine sets room aside for a length up to some 32 million, and for none beyond: a claimed length
  // that the elements do not bear out is reached from above.
  if (length > 2 * node.length) array.length = MAX_ARRAY_LENGTH
  array.length = length
  for (let at = start + 1; at < node.length; at += 2) {
    const value = raising.build(raising, node[at + 1])
    if (typeof node[at] !== 'number') define(array, textAt(node, at), value, true)
    else if (countAt(node, at) < length) define(array, countAt(node, at), value, true)
    else throw damaged('an index is beyond the length')
  }
}

export function fillPairs(raising: Raising, node: Marker, start: number, map: Map<unknown, unknown>): void {
  if ((node.length - start) % 2 !== 0) throw damaged('a value is missing')
  for (let at = start; at < node.length; at += 2) {
    const key = raising.build(raising, node[at])
    setOfMap.call(map, key, raising.build(raising, node[at + 1]))
  }
}

export function fillItems(raising: Raising, node: Marker, start: number, set: Set<unknown>): void {
  for (let at = start; at < node.length; at++) addToSet.call(set, raising.build(raising, node[at]))
}

// Defined, not assigned: `__proto__` is a key like any other.
function define(target: object, key: string | number, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true })
}

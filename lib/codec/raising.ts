import { EXTENSION, Extension, FIRST_MARKER } from './extensions.ts'
import { raiseLeaf } from './leaf.ts'
import { referenceIndex } from './link-order.ts'

/** One run of `raise`. */
export interface Raising {
  /** The values of the table's entries: objects, at first without their contents. */
  readonly values: unknown[]
  /** Whether the entry's value is there yet. */
  readonly ready: boolean[]
  readonly attached: AttachedBytes
  /** The value of a node within an entry. */
  readonly build: (raising: Raising, node: unknown) => unknown
}

/** The binary contents behind a body. */
export interface AttachedBytes {
  /** The encoded bytes, header and all. */
  readonly bytes: Uint8Array
  readonly start: number
  /** Where the last one that was taken ends: all bytes must be accounted for. */
  end: number
  /** How many bytes were taken, all together. */
  taken: number
}

/** Bytes that are no work of `lower`: `raise` turns it into ERR_CACHE_CORRUPT. */
export function damaged(what: string): Error {
  return new RangeError(what)
}

export type Marker = readonly [Extension, ...unknown[]]

export function isMarker(node: readonly unknown[]): node is Marker {
  const [first] = node
  return first instanceof Extension && first.type >= FIRST_MARKER
}

/** What a leaf stands for: a primitive, a Date, or the value of another entry. */
export function resolve(raising: Raising, leaf: Extension): unknown {
  if (leaf.type === EXTENSION.DATE) return raiseDate(leaf)
  if (leaf.type !== EXTENSION.REFERENCE) return raiseLeaf(leaf)
  const index = referenceIndex(leaf)
  if (raising.ready[index] !== true) throw damaged('a reference leads nowhere')
  return raising.values[index]
}

function raiseDate({ data }: Extension): Date {
  if (data.byteLength !== 8) throw damaged('a date is damaged')
  return new Date(new DataView(data.buffer, data.byteOffset, 8).getFloat64(0))
}

/** The text at `index` of a marker. */
export function textAt(node: readonly unknown[], index: number): string {
  const child = node[index]
  const text = child instanceof Extension ? raiseLeaf(child) : child
  if (typeof text !== 'string') throw damaged('text is missing')
  return text
}

/** The whole number, 0 or more, at `index` of a marker. */
export function countAt(node: readonly unknown[], index: number): number {
  const count = node[index]
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
    throw damaged('a number is missing')
  return count
}

export function expectSize(node: readonly unknown[], size: number): void {
  if (node.length !== size) throw damaged('a marker has too many or too few contents')
}

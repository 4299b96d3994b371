import { propertyStep } from '../base/property-step.ts'
import { writeAtom } from './atoms.ts'
import type { ByteWriter } from './byte-writer.ts'
import { sha256 } from './sha256.ts'

/** Content of more bytes than this counts by its digest. */
export const COLLAPSE_BYTES = 4096

const SECTION = { head: 1, raw: 2, items: 4, bag: 8, fields: 16 } as const

/**
 * What of one object belongs to a key. Its bytes are: the tag, which sections follow, and these sections, each with its
 * length before it: the head (atoms), raw bytes, ordered children, unordered entries, fields by name.
 */
export interface Shape {
  readonly tag: number
  /** Atoms only: no objects, no unique symbols. How many belong to the content is fixed by the tag. */
  readonly head: readonly unknown[]
  readonly raw: Uint8Array | undefined
  /** First the items, then the entries of the bag, flat, then the values of the fields. */
  readonly children: readonly unknown[]
  readonly items: number
  /** Entries whose order does not matter: 1 child each for a Set, 2 for a Map. */
  readonly entries: number
  readonly entrySize: 1 | 2
  /** Names of the fields, sorted. */
  readonly names: readonly (string | symbol)[]
  /** How the items are called in a path, where it is not by index. */
  readonly labels: readonly string[] | undefined
}

export const NONE: readonly never[] = Object.freeze([])

/** Writes what comes before the first child. */
export function writeHeader(writer: ByteWriter, shape: Shape): void {
  const { head, raw, items, entries, names } = shape
  writer.uint8(shape.tag)
  writer.uint8(
    (head.length > 0 ? SECTION.head : 0) |
      (raw === undefined ? 0 : SECTION.raw) |
      (items > 0 ? SECTION.items : 0) |
      (entries > 0 ? SECTION.bag : 0) |
      (names.length > 0 ? SECTION.fields : 0),
  )
  if (head.length > 0) {
    writer.uint32(head.length)
    for (const atom of head) writeAtom(writer, atom)
  }
  if (raw !== undefined) writeRaw(writer, raw)
  if (items > 0) writer.uint32(items)
  if (entries > 0) writer.uint32(entries)
  if (names.length > 0) writer.uint32(names.length)
}

// Injective although long and short content are written differently: the length, which comes first, tells which.
function writeRaw(writer: ByteWriter, raw: Uint8Array): void {
  // As float64 and not uint32: there are buffers of more than 4 GiB.
  writeAtom(writer, raw.byteLength)
  writer.append(raw.byteLength > COLLAPSE_BYTES ? sha256(raw) : raw)
}

/** The step of a path from an object to its child number `index`. */
export function childStep(shape: Shape, index: number): string {
  if (index < shape.items) return shape.labels?.[index] ?? `[${index}]`
  const entryChild = index - shape.items
  const bagChildren = shape.entries * shape.entrySize
  if (entryChild >= bagChildren) return propertyStep(shape.names[entryChild - bagChildren] as string | symbol)
  if (shape.entrySize === 1) return `.values()[${entryChild}]`
  const entry = entryChild >> 1
  if (entryChild % 2 === 0) return `.keys()[${entry}]`
  const key = shape.children[index - 1]
  const plain = typeof key === 'string' || typeof key === 'number'
  return plain ? `.get(${typeof key === 'string' ? JSON.stringify(key) : key})` : `.values()[${entry}]`
}

import { writeAtom } from './atoms.ts'
import { ByteWriter } from './byte-writer.ts'
import { type Encoding, NO_POLICY, placeNotes } from './encoding.ts'
import { Refusal, unkeyable } from './refusal.ts'
import { childStep, type Shape, writeHeader } from './shape.ts'
import { shapeOf } from './shape-of.ts'
import { TAG } from './tags.ts'

/** Bytes with a mark where another node belongs, as text of one unit per byte, and the numbers of these nodes in order. */
export interface Part {
  text: string
  references: number[]
}

/** One object of a value. */
export interface Node extends Part {
  /** Of a Map or Set, in any order. */
  readonly entries: Part[]
}

interface Found extends Node {
  readonly shape: Shape
  readonly parent: Found | undefined
  /** Which child of its parent it was found as. */
  readonly index: number
}

/** The objects that can be reached from `root`, which is number 0 and is called `name` in errors. Linear, no recursion. */
export function graphOf(root: object, name: string, encoding: Encoding = NO_POLICY): readonly Node[] {
  const numbers = new Map<object, number>()
  const nodes: Found[] = []
  const writer = new ByteWriter()
  const numberOf = (object: object, parent: Found | undefined, index: number): number => {
    const known = numbers.get(object)
    if (known !== undefined) return known
    const shape = shapeOf(object, encoding)
    if (encoding.unplaced.length > 0) placeNotes(encoding, pathOf('', parent, index))
    nodes.push({ text: '', references: [], entries: [], shape, parent, index })
    numbers.set(object, nodes.length - 1)
    return nodes.length - 1
  }
  let at: Found | undefined
  let child = -1
  const write = (node: Found, part: Part, index: number): void => {
    child = index
    const value = node.shape.children[index]
    if (writeAtom(writer, value, encoding.uniqueSymbols)) return
    writer.uint8(TAG.cyclicReference)
    part.references.push(numberOf(value as object, node, index))
  }
  try {
    numberOf(root, undefined, -1)
    // Breadth first: `nodes` grows while it is read.
    for (at of nodes) readNode(writer, at, write, encoding)
  } catch (error) {
    if (error instanceof Refusal) throw unkeyable(error, pathOf(name, at, child))
    throw error
  }
  return nodes
}

function readNode(
  writer: ByteWriter,
  node: Found,
  write: (node: Found, part: Part, index: number) => void,
  { uniqueSymbols }: Encoding,
): void {
  const { children, items, entries, entrySize, names } = node.shape
  const fields = items + entries * entrySize
  writer.length = 0
  for (let index = items; index < fields; index += entrySize) {
    const entry: Part = { text: '', references: [] }
    for (let i = 0; i < entrySize; i++) write(node, entry, index + i)
    entry.text = writer.since(0).toString('latin1')
    node.entries.push(entry)
    writer.length = 0
  }
  writeHeader(writer, node.shape)
  for (let index = 0; index < items; index++) write(node, node, index)
  for (let index = fields; index < children.length; index++) {
    writeAtom(writer, names[index - fields], uniqueSymbols)
    write(node, node, index)
  }
  node.text = writer.since(0).toString('latin1')
}

function pathOf(name: string, node: Found | undefined, index: number): string {
  const steps: string[] = []
  let child = index
  for (let at = node; at !== undefined; at = at.parent) {
    if (child >= 0) steps.push(childStep(at.shape, child))
    child = at.index
  }
  return name + steps.reverse().join('')
}

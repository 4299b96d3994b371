import { ByteWriter } from './byte-writer.ts'
import { classOrder, compareParts } from './class-order.ts'
import type { Encoding } from './encoding.ts'
import { graphOf, type Node, type Part } from './graph.ts'
import { partition } from './partition.ts'
import { Refusal, unkeyable } from './refusal.ts'
import { sha256 } from './sha256.ts'
import { TAG } from './tags.ts'

/**
 * Writes a value that contains itself; `name` is what it is called in errors. Two such values are equal if they unfold into
 * the same infinite tree. The objects that do are put into one class, the classes into an order that depends on nothing but
 * structure, and what is written is the sha256 of the table of classes. So neither insertion order nor how often
 * a cycle is written out matters. Linear but for a logarithm, where Sets and object keys of Maps do not tangle it up.
 */
export function writeCyclic(writer: ByteWriter, root: object, name: string, encoding: Encoding): void {
  const nodes = graphOf(root, name, encoding)
  const classes = quotient(nodes, partition(nodes))
  const places = classOrder(classes)
  if (places === undefined)
    throw unkeyable(new Refusal('cyclic value', 'is too entangled to be compared'), name)
  writer.uint8(TAG.cyclic)
  writer.append(sha256(tableOf(classes, places)))
}

/** The graph with one node for each class, and that of the root first. */
function quotient(nodes: readonly Node[], classes: readonly number[]): readonly Node[] {
  const numbers = new Map<number, number>()
  const first: Node[] = []
  nodes.forEach((node, i) => {
    const found = classes[i] as number
    if (numbers.has(found)) return
    numbers.set(found, first.length)
    first.push(node)
  })
  const translate = ({ text, references }: Part): Part => ({
    text,
    references: references.map(reference => numbers.get(classes[reference] as number) as number),
  })
  return first.map(node => ({ ...translate(node), entries: node.entries.map(translate) }))
}

/** How many classes; of each in order: its text, the places it refers to, its entries; then the place of the root. */
function tableOf(classes: readonly Node[], places: readonly number[]): Uint8Array {
  const writer = new ByteWriter()
  const sorted: Node[] = []
  classes.forEach((node, i) => {
    sorted[places[i] as number] = node
  })
  const writePart = ({ text, references }: Part): void => {
    writer.uint32(text.length)
    writer.append(Buffer.from(text, 'latin1'))
    for (const reference of references) writer.uint32(places[reference] as number)
  }
  writer.uint32(sorted.length)
  for (const node of sorted) {
    writePart(node)
    writer.uint32(node.entries.length)
    for (const entry of [...node.entries].sort((a, b) => compareParts(a, b, places))) writePart(entry)
  }
  writer.uint32(places[0] as number)
  return writer.since(0)
}

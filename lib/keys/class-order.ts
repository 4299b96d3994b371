import type { Node, Part } from './graph.ts'

/** As many UTF-16 units of signatures are compared before a value is given up as too entangled: a few seconds. */
const MAX_WORK = 12_000_000

/**
 * For each node its place in an order that depends on nothing but the structure; node 0 is the root, and no two nodes
 * are equal. Undefined if finding it would take too long. Quick while the entries of Maps and Sets can be told apart
 * by their text or by nodes that already have a place; else by comparing all nodes with all in rounds.
 */
export function classOrder(nodes: readonly Node[]): readonly number[] | undefined {
  return orderFromRoot(nodes) ?? orderInRounds(nodes)
}

/** The order in which a breadth first search meets the nodes; undefined if it cannot tell two entries apart. */
function orderFromRoot(nodes: readonly Node[]): readonly number[] | undefined {
  const places: number[] = nodes.map(() => Number.POSITIVE_INFINITY)
  const queue: number[] = []
  const meet = (number: number): void => {
    if (places[number] !== Number.POSITIVE_INFINITY) return
    places[number] = queue.length
    queue.push(number)
  }
  meet(0)
  for (const number of queue) {
    const node = nodes[number] as Node
    node.references.forEach(meet)
    const entries = [...node.entries].sort((a, b) => compareParts(a, b, places))
    if (entries.some((entry, i) => i > 0 && areConfusable(entries[i - 1] as Part, entry, places)))
      return undefined
    for (const entry of entries) entry.references.forEach(meet)
  }
  return places
}

/** By text, then by the places of what is referred to. */
export function compareParts(a: Part, b: Part, places: readonly number[]): number {
  if (a.text !== b.text) return a.text < b.text ? -1 : 1
  for (const [i, reference] of a.references.entries()) {
    const left = places[reference] as number
    const right = places[b.references[i] as number] as number
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

function areConfusable(a: Part, b: Part, places: readonly number[]): boolean {
  return (
    compareParts(a, b, places) === 0 && a.references.some((reference, i) => reference !== b.references[i])
  )
}

/** Moore's rounds: nodes are sorted by their text, then again and again by the places of what they refer to. */
function orderInRounds(nodes: readonly Node[]): readonly number[] | undefined {
  const texts = placesOf(nodes.flatMap(node => [node.text, ...node.entries.map(entry => entry.text)]))
  let places: readonly number[] = nodes.map(() => 0)
  let work = 0
  for (;;) {
    const signatures = nodes.map(
      (node, number) => digits(places[number] as number) + signature(node, places, texts),
    )
    const order = placesOf(signatures)
    places = signatures.map(text => order.get(text) as number)
    if (order.size === nodes.length) return places
    work = signatures.reduce((sum, text) => sum + text.length, work)
    if (work > MAX_WORK) return undefined
  }
}

/** Each distinct text, numbered in sorted order. */
function placesOf(texts: readonly string[]): Map<string, number> {
  return new Map([...new Set(texts)].sort().map((text, place) => [text, place]))
}

function signature(node: Node, places: readonly number[], texts: Map<string, number>): string {
  const part = ({ text, references }: Part): string =>
    digits(texts.get(text) as number) +
    references.map(reference => digits(places[reference] as number)).join('')
  return part(node) + node.entries.map(part).sort().join('')
}

// Two units of 16 bits, so that the order of the texts is that of the numbers.
function digits(number: number): string {
  return String.fromCharCode(number >>> 16, number & 0xffff)
}

import type { Node, Part } from './graph.ts'

/**
 * For each node the number of its class: two nodes are in one class if they unfold into the same infinite tree. Numbers
 * mean nothing but equality. All nodes begin in one class; a class falls apart as soon as its nodes differ in their text
 * or refer to different classes. Only nodes that refer to one whose class changed are looked at again, and the largest
 * part of a class keeps its number, so that each node is looked at O(log n) times (Hopcroft 1971).
 */
export function partition(nodes: readonly Node[]): readonly number[] {
  const referrers = referrersOf(nodes)
  const texts = new Map<string, number>()
  const classes: number[] = nodes.map(() => 0)
  const members: Set<number>[] = [new Set(nodes.keys())]
  let dirty: Iterable<number> = nodes.keys()
  for (;;) {
    const changed: number[] = []
    const move = (part: Iterable<number>): void => {
      for (const node of part) {
        classes[node] = members.length
        changed.push(node)
      }
      members.push(new Set(part))
    }
    for (const [number, parts] of groupsOf(nodes, classes, texts, dirty)) divide(members, number, parts, move)
    if (changed.length === 0) return classes
    dirty = new Set(changed.flatMap(node => referrers[node] as number[]))
  }
}

/** Takes a class apart into `parts` and what is left of it. */
function divide(
  members: Set<number>[],
  number: number,
  parts: number[][],
  move: (part: Iterable<number>) => void,
): void {
  const rest = members[number] as Set<number>
  for (const part of parts) for (const node of part) rest.delete(node)
  const [largest, ...smaller] = parts.sort((a, b) => b.length - a.length) as [number[], ...number[][]]
  if (rest.size >= largest.length) move(largest)
  else {
    members[number] = new Set(largest)
    if (rest.size > 0) move(rest)
  }
  for (const part of smaller) move(part)
}

/** The nodes of `dirty` by class, and within a class by what they look like now. */
function groupsOf(
  nodes: readonly Node[],
  classes: readonly number[],
  texts: Map<string, number>,
  dirty: Iterable<number>,
): Map<number, number[][]> {
  const groups = new Map<number, Map<string, number[]>>()
  for (const node of dirty) {
    const group = getOrAdd(groups, classes[node] as number, () => new Map<string, number[]>())
    getOrAdd(group, signature(nodes[node] as Node, classes, texts), (): number[] => []).push(node)
  }
  return new Map([...groups].map(([number, group]) => [number, [...group.values()]]))
}

function signature(node: Node, classes: readonly number[], texts: Map<string, number>): string {
  const own = partSignature(node, classes, texts)
  if (node.entries.length === 0) return own
  // Sorted: a multiset, because what is unfolded into a tree has an entry for each copy.
  return `${own};${node.entries
    .map(entry => partSignature(entry, classes, texts))
    .sort()
    .join(';')}`
}

function partSignature(
  { text, references }: Part,
  classes: readonly number[],
  texts: Map<string, number>,
): string {
  let signature = String(getOrAdd(texts, text, () => texts.size))
  for (const reference of references) signature += `,${classes[reference]}`
  return signature
}

function referrersOf(nodes: readonly Node[]): readonly number[][] {
  const referrers: number[][] = nodes.map(() => [])
  nodes.forEach((node, number) => {
    for (const part of [node, ...node.entries]) {
      for (const reference of part.references) (referrers[reference] as number[]).push(number)
    }
  })
  return referrers
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

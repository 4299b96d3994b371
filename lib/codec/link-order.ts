import { EXTENSION, Extension } from './extensions.ts'

/**
 * The indices of `table` in groups, each group after all that its entries refer to; those that refer to one another
 * in a circle are one group. (Tarjan's strongly connected components, with a stack of its own instead of recursion:
 * Tarjan 1972, "Depth-first search and linear graph algorithms".)
 */
export function linkOrder(links: readonly (readonly number[])[]): number[][] {
  const groups: number[][] = []
  const found: number[] = []
  const low: number[] = []
  const open: boolean[] = []
  const stack: number[] = []
  let count = 0
  for (let root = 0; root < links.length; root++) {
    if (found[root] !== undefined) continue
    const path = [{ index: root, next: 0 }]
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const { index } = at
      if (at.next === 0) {
        found[index] = low[index] = count++
        open[index] = true
        stack.push(index)
      }
      const link = links[index]?.[at.next++]
      if (link !== undefined) {
        if (found[link] === undefined) path.push({ index: link, next: 0 })
        else if (open[link]) low[index] = Math.min(low[index] as number, found[link])
        continue
      }
      path.pop()
      const outer = path.at(-1)?.index
      if (outer !== undefined) low[outer] = Math.min(low[outer] as number, low[index] as number)
      if (low[index] !== found[index]) continue
      const group = stack.splice(stack.lastIndexOf(index))
      for (const member of group) open[member] = false
      groups.push(group)
    }
  }
  return groups
}

/** For each entry of `table`, the entries that it refers to. */
export function linksOf(table: readonly unknown[]): number[][] {
  return table.map(entry => {
    const links: number[] = []
    collect(entry, table.length, links)
    return links
  })
}

/** The index of an entry that `isWhole` names, and that refers to itself, directly or in a circle. */
export function entangled(
  table: readonly unknown[],
  isWhole: (index: number) => boolean,
): number | undefined {
  const links = linksOf(table)
  for (const group of linkOrder(links)) {
    const index = group.find(isWhole)
    if (index !== undefined && (group.length > 1 || links[index]?.includes(index))) return index
  }
  return undefined
}

/** The table index that the leaf `reference` carries. */
export function referenceIndex({ data }: Extension): number {
  if (data.byteLength !== 4) throw new RangeError('a reference is damaged')
  return new DataView(data.buffer, data.byteOffset, 4).getUint32(0)
}

// Recursion is bounded: bodies are at most MAX_BODY_DEPTH deep, on the way in and on the way out.
function collect(node: unknown, size: number, links: number[]): void {
  if (typeof node !== 'object' || node === null || ArrayBuffer.isView(node)) return
  if (node instanceof Extension) {
    if (node.type !== EXTENSION.REFERENCE) return
    const index = referenceIndex(node)
    if (index >= size) throw new RangeError('a reference leads nowhere')
    links.push(index)
  } else {
    for (const child of Array.isArray(node) ? node : Object.values(node)) collect(child, size, links)
  }
}

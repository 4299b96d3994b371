import { EXTENSION, Extension } from './extensions.ts'
import { linkOrder, linksOf } from './link-order.ts'
import { fillMarker } from './raise-contents.ts'
import { raiseCustom } from './raise-instance.ts'
import { isWaitingView, shellOf } from './raise-shell.ts'
import { type AttachedBytes, damaged, isMarker, type Raising, resolve } from './raising.ts'

/**
 * The value whose body, in graph form, is `table`. First every entry gets its object, empty; then all are filled, so
 * that circles close and depth does not matter. `table` is used up: plain objects and arrays in it become part of the
 * value. Throws on any table that `lower` does not write.
 */
export function raise(table: readonly unknown[], attached: AttachedBytes): unknown {
  const raising: Raising = { values: [], ready: table.map(() => false), attached, build }
  const customs = new Set<number>()
  const later: number[] = []
  for (const [index, entry] of table.entries()) {
    if (isCustom(entry)) customs.add(index)
    else if (isWaitingView(entry)) later.push(index)
    else setValue(raising, index, shell(raising, entry))
  }
  // Views come after the buffers that they show.
  for (const index of later) setValue(raising, index, shell(raising, table[index]))
  if (customs.size === 0) {
    for (const [index, entry] of table.entries()) fill(raising, entry, raising.values[index])
    return raising.values[0]
  }
  const links = linksOf(table)
  for (const group of linkOrder(links)) {
    for (const index of group) {
      const entry = table[index]
      if (!customs.has(index)) fill(raising, entry, raising.values[index])
      else if (group.length > 1 || links[index]?.includes(index))
        throw damaged('a state leads back to itself')
      else setValue(raising, index, raiseCustom(raising, entry as readonly unknown[]))
    }
  }
  return raising.values[0]
}

function setValue(raising: Raising, index: number, value: unknown): void {
  raising.values[index] = value
  raising.ready[index] = true
}

function isCustom(entry: unknown): boolean {
  return Array.isArray(entry) && isMarker(entry) && entry[0].type === EXTENSION.CUSTOM
}

// Recursion over nodes is bounded by the depth of a checked body; references do not recurse.
function build(raising: Raising, node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (node instanceof Extension) return resolve(raising, node)
  const value = shell(raising, node)
  fill(raising, node, value)
  return value
}

/** The object that `node` stands for, without its contents; a leaf's value. */
function shell(raising: Raising, node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (node instanceof Extension) {
    // An entry that is a reference could lead round in a circle of nothing else.
    if (node.type === EXTENSION.REFERENCE) throw damaged('an entry is a reference')
    return resolve(raising, node)
  }
  if (ArrayBuffer.isView(node)) throw damaged('bytes without a kind')
  return Array.isArray(node) && isMarker(node) ? shellOf(raising, node) : node
}

/** Puts the contents of `node` into `value`. Plain objects and arrays are their own shells. */
function fill(raising: Raising, node: unknown, value: unknown): void {
  if (typeof node !== 'object' || node === null || node instanceof Extension) return
  if (!Array.isArray(node)) fillObject(raising, node as Record<string, unknown>)
  else if (isMarker(node)) fillMarker(raising, node, value as object)
  else fillElements(raising, node)
}

function fillElements(raising: Raising, node: unknown[]): void {
  for (let index = 0; index < node.length; index++) {
    const child: unknown = node[index]
    if (typeof child === 'object' && child !== null) node[index] = build(raising, child)
  }
}

function fillObject(raising: Raising, object: Record<string, unknown>): void {
  for (const key of Object.keys(object)) {
    const child = object[key]
    // Never `__proto__`, which the decoder refuses: this sets an own property that is there.
    if (typeof child === 'object' && child !== null) object[key] = build(raising, child)
  }
}

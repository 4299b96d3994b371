import type { Encoding } from './encoding.ts'
import type { NoteKind } from './policy.ts'
import { Refusal } from './refusal.ts'
import { shapeOf } from './shape-of.ts'
import { hasOwnClass, isInstance, kindOfHandle } from './stand-in.ts'

/**
 * What has to count as its class alone so that `root` can be encoded: everything that has no stable identity, and
 * each instance of a class that holds such a thing, not counting what lies in instances further in. Linear.
 */
export function handlesIn(root: object, encoding: Encoding): ReadonlyMap<object, NoteKind> {
  const { holders, refused } = explore(root, encoding)
  const standIns = new Map(encoding.standIns)
  const seen = new Set<object>()
  for (const handle of refused) {
    const kind = kindOfHandle(handle)
    standIns.set(handle, kind)
    if (hasOwnClass(handle)) continue
    for (const instance of nearestInstances(handle, holders, seen)) {
      if (!standIns.has(instance)) standIns.set(instance, kind)
    }
  }
  return standIns
}

interface Explored {
  /** Each object, and what holds it. */
  readonly holders: ReadonlyMap<object, readonly object[]>
  readonly refused: readonly object[]
}

function explore(root: object, encoding: Encoding): Explored {
  const holders = new Map<object, object[]>([[root, []]])
  const refused: object[] = []
  // A Map is walked in order of insertion, also over what the walk itself inserts.
  for (const object of holders.keys()) {
    for (const child of childrenOf(object, encoding, refused)) {
      if ((typeof child !== 'object' && typeof child !== 'function') || child === null) continue
      const known = holders.get(child)
      if (known === undefined) holders.set(child, [object])
      else known.push(object)
    }
  }
  encoding.unplaced.length = 0
  return { holders, refused }
}

function childrenOf(object: object, encoding: Encoding, refused: object[]): readonly unknown[] {
  try {
    return shapeOf(object, encoding).children
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refused.push(object)
    return []
  }
}

/**
 * The instances of classes from which `handle` is reached through plain objects, arrays, Maps and Sets only. What was
 * `seen` for another handle is not climbed again: the instances above it are known.
 */
function nearestInstances(
  handle: object,
  holders: Explored['holders'],
  seen: Set<object>,
): readonly object[] {
  const instances: object[] = []
  const climbed = [handle]
  for (const object of climbed) {
    for (const holder of holders.get(object) ?? []) {
      if (seen.has(holder)) continue
      seen.add(holder)
      if (isInstance(holder)) instances.push(holder)
      else climbed.push(holder)
    }
  }
  return instances
}

import { types } from 'node:util'
import { isObject } from '../base/is-object.ts'
import { ownValue } from '../base/own-value.ts'

/** The way from a captured value to a property of a part of it. */
export type PropertyPath = readonly string[]

/** What of a captured value an evaluation has changed. */
export interface ValueChange {
  /** Which of the captured values. */
  readonly index: number
  /** Undefined: all of it, or it cannot be told. */
  readonly paths: readonly PropertyPath[] | undefined
  /** Of a promise that was pending before, and was waited for: its text now. That is what the result was made of. */
  readonly settled?: string
}

/** What is larger, or changes in more places, is taken as a whole. */
const MOST_OBJECTS = 2_000
const MOST_PATHS = 50

/** An object as it was: what its properties held. */
interface Snapshot {
  readonly path: PropertyPath
  readonly properties: ReadonlyMap<string, unknown>
  /** Of a Map or Set: its entries, one after the other. */
  readonly entries: readonly unknown[]
}

/**
 * Looks at `value` now, and tells later which of its properties hold something else by then: of it, and of the plain data and
 * instances in it. Undefined: more than can be followed. Whether something changed at all, a digest tells better.
 */
export function watch(value: unknown): () => readonly PropertyPath[] | undefined {
  const before = snapshotOf(value)
  return () => (before === undefined ? undefined : changesSince(before))
}

function snapshotOf(root: unknown): ReadonlyMap<object, Snapshot> | undefined {
  const found = new Map<object, Snapshot>()
  const queue: [value: unknown, path: PropertyPath][] = [[root, []]]
  for (const [value, path] of queue) {
    // Functions hold what they capture elsewhere; a Proxy is not asked.
    if (!isObject(value) || typeof value === 'function' || types.isProxy(value) || found.has(value)) continue
    if (found.size === MOST_OBJECTS) return undefined
    const properties = propertiesOf(value)
    if (properties === undefined) return undefined
    found.set(value, { path, properties, entries: entriesOf(value) })
    for (const [name, held] of properties) queue.push([held, [...path, name]])
  }
  return found
}

function propertiesOf(object: object): ReadonlyMap<string, unknown> | undefined {
  // Elements by the million: a digest tells whether they changed.
  if (ArrayBuffer.isView(object)) return new Map()
  const names = Object.getOwnPropertyNames(object)
  if (names.length > MOST_OBJECTS) return undefined
  const properties = new Map<string, unknown>()
  for (const name of names) {
    const { value, get } = Object.getOwnPropertyDescriptor(object, name) ?? {}
    properties.set(name, value ?? get)
  }
  return properties
}

function entriesOf(object: object): readonly unknown[] {
  if (types.isMap(object)) return [...Map.prototype.entries.call(object)].flat(1)
  return types.isSet(object) ? [...Set.prototype.values.call(object)] : []
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => Object.is(item, b[i]))
}

function changesSince(before: ReadonlyMap<object, Snapshot>): readonly PropertyPath[] | undefined {
  const paths: PropertyPath[] = []
  for (const [object, { path, properties, entries }] of before) {
    if (!areSame(entries, entriesOf(object))) {
      // A value that is a Map itself has no property that could be left out.
      if (path.length === 0) return undefined
      paths.push(path)
    }
    const now = propertiesOf(object)
    if (now === undefined) return undefined
    for (const name of new Set([...properties.keys(), ...now.keys()])) {
      const isSame = properties.has(name) && now.has(name) && Object.is(properties.get(name), now.get(name))
      if (!isSame) paths.push([...path, name])
    }
  }
  return paths.length === 0 || paths.length > MOST_PATHS ? undefined : paths
}

/** The properties that `paths` lead to, by the object that has them. */
export function propertiesAt(
  root: unknown,
  paths: readonly PropertyPath[],
): ReadonlyMap<object, ReadonlySet<string>> {
  const found = new Map<object, Set<string>>()
  for (const path of paths) {
    const owner = path.slice(0, -1).reduce<unknown>(step, root)
    const name = path.at(-1)
    if (!isObject(owner) || name === undefined) continue
    const names = found.get(owner) ?? new Set()
    found.set(owner, names.add(name))
  }
  return found
}

function step(owner: unknown, name: string): unknown {
  return isObject(owner) ? ownValue(owner, name) : undefined
}

import { isDeepStrictEqual, types } from 'node:util'
import { propertyStep } from '../../base/property-step.ts'
import { typeName } from '../../base/type-name.ts'

/** One place at which two values differ; undefined where there is nothing in one of them. */
export interface Difference {
  /** `args[0].filters.year` */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** Larger values than this are compared as a whole. */
const MOST_PLACES = 10_000

/** At which places `after` is not what `before` is: at most `most` of them. Runs no code of the values'. */
export function differencesOf(
  before: unknown,
  after: unknown,
  { path, most }: { readonly path: string; readonly most: number },
): readonly Difference[] {
  const comparison = new Comparison(most)
  comparison.compare(before, after, path)
  return comparison.found
}

class Comparison {
  readonly found: Difference[] = []
  readonly #most: number
  readonly #met = new Map<object, Set<object>>()
  #places = 0

  constructor(most: number) {
    this.#most = most
  }

  compare(before: unknown, after: unknown, path: string): void {
    if (Object.is(before, after) || this.found.length >= this.#most) return
    this.#places += 1
    const [old, now] = [childrenOf(before), childrenOf(after)]
    if (old === undefined || now === undefined || old.kind !== now.kind || this.#places > MOST_PLACES) {
      if (!isSame(before, after)) this.found.push({ path, before, after })
      return
    }
    if (this.#isMet(before as object, after as object)) return
    const steps = new Set([...now.children.keys(), ...old.children.keys()])
    for (const step of steps) this.compare(old.children.get(step), now.children.get(step), path + step)
  }

  /** Values may lead back to themselves. */
  #isMet(before: object, after: object): boolean {
    const others = this.#met.get(before) ?? new Set()
    this.#met.set(before, others)
    if (others.has(after)) return true
    others.add(after)
    return false
  }
}

interface Children {
  /** What is compared part by part with others of its kind only. */
  readonly kind: string
  /** By the step that leads there: `.year`, `[0]`. */
  readonly children: ReadonlyMap<string, unknown>
}

/** What lies in an array, an object or a Map; undefined for what counts as a whole. */
function childrenOf(value: unknown): Children | undefined {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined
  if (Array.isArray(value)) return { kind: 'array', children: propertiesOf(value) }
  if (types.isMap(value)) return mapOf(value)
  if (types.isDate(value) || types.isRegExp(value) || types.isSet(value) || types.isAnyArrayBuffer(value))
    return undefined
  if (ArrayBuffer.isView(value) || types.isBoxedPrimitive(value)) return undefined
  const children = propertiesOf(value)
  // What shows nothing of itself, such as a URL, is compared as a whole.
  return children.size === 0 ? undefined : { kind: typeName(value), children }
}

function mapOf(map: ReadonlyMap<unknown, unknown>): Children | undefined {
  const children = new Map<string, unknown>()
  for (const [key, value] of Map.prototype.entries.call(map)) {
    if (typeof key === 'object' || typeof key === 'symbol' || typeof key === 'function') return undefined
    children.set(`.get(${typeof key === 'string' ? JSON.stringify(key) : String(key)})`, value)
  }
  return { kind: 'Map', children }
}

function propertiesOf(value: object): ReadonlyMap<string, unknown> {
  const children = new Map<string, unknown>()
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(value)))
    if (property.enumerable === true && 'value' in property) children.set(propertyStep(key), property.value)
  return children
}

/** Whatever cannot be compared, such as a Proxy, counts as the same: nothing is claimed of it. */
function isSame(before: unknown, after: unknown): boolean {
  if (types.isProxy(before) || types.isProxy(after)) return true
  if (before instanceof URL && after instanceof URL) return before.href === after.href
  return isDeepStrictEqual(before, after)
}

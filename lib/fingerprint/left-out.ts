import type { Scope } from '../base/inspector.ts'

/** A variable, as far as it can be told from others: closures do not say which variable they hold, only its value. */
export interface Variable {
  readonly name: string
  readonly scriptId: string
  readonly scope: Scope
  readonly value: unknown
}

/**
 * What the program changes itself while it runs: counters, accumulators, private caches. It is no input, and is left
 * out of every comparison. Only grows.
 */
export class LeftOut {
  readonly #variables = new Map<string, Variable[]>()
  readonly #objects = new Set<object>()
  readonly #properties = new Map<object, Set<string>>()
  #size = 0

  /** How much there is: another number after each addition of something new. */
  get size(): number {
    return this.#size
  }

  addVariable(variable: Variable): void {
    if (this.hasVariable(variable)) return
    const known = this.#variables.get(variable.name)
    if (known === undefined) this.#variables.set(variable.name, [variable])
    else known.push(variable)
    this.#size += 1
  }

  hasVariable(variable: Variable): boolean {
    return this.#variables.get(variable.name)?.some(known => isSame(known, variable)) === true
  }

  /** Without a property: the whole object. */
  addObject(object: object, property?: string): void {
    if (this.hasObject(object, property)) return
    this.#size += 1
    if (property === undefined) {
      this.#objects.add(object)
      return
    }
    const known = this.#properties.get(object)
    if (known === undefined) this.#properties.set(object, new Set([property]))
    else known.add(property)
  }

  /** What of `object` is left out: all, or these properties. */
  of(object: object): 'all' | ReadonlySet<string> | undefined {
    if (this.#size === 0) return undefined
    return this.#objects.has(object) ? 'all' : this.#properties.get(object)
  }

  /** Without these properties too; the original stays as it is. Variables are not taken over. */
  and(properties: ReadonlyMap<object, ReadonlySet<string>>, objects: Iterable<object> = []): LeftOut {
    const more = new LeftOut()
    for (const object of [...this.#objects, ...objects]) more.addObject(object)
    for (const each of [this.#properties, properties])
      for (const [object, names] of each) for (const name of names) more.addObject(object, name)
    return more
  }

  /** Whether it is left out as a whole, or this property of it. */
  hasObject(object: object, property?: PropertyKey): boolean {
    if (this.#size === 0) return false
    if (this.#objects.has(object)) return true
    return typeof property === 'string' && this.#properties.get(object)?.has(property) === true
  }
}

function isSame(a: Variable, b: Variable): boolean {
  return (
    a.scriptId === b.scriptId &&
    a.scope.kind === b.scope.kind &&
    Object.is(a.value, b.value) &&
    Object.keys(a.scope.variables).length === Object.keys(b.scope.variables).length
  )
}

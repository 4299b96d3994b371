import type { Inside, Inspector, Scope } from '../base/inspector.ts'
import type { AnyFunction } from '../keys/source.ts'

/**
 * What lies inside of functions, at one moment. To ask V8 is what costs most of a fingerprint; so it is asked for many at once,
 * of the functions at the top of one module, which all see the same variables, only for one, and never again for those
 * whose variables do not count.
 */
export class Insides {
  readonly #inspector: Inspector
  readonly #known = new Map<AnyFunction, Inside>()
  /** The scopes of the modules that were read, by script. */
  readonly #modules = new Map<string, readonly Scope[]>()

  constructor(inspector: Inspector) {
    this.#inspector = inspector
  }

  /** Reads what is not known yet of these. */
  read(functions: readonly AnyFunction[]): void {
    const unknown = functions.filter(fn => !this.#known.has(fn) && !this.#takeFixed(fn))
    const others = unknown.filter(fn => topLevel.get(fn) === undefined)
    this.#ask(others)
    for (const fn of unknown) if (topLevel.has(fn) && !this.#known.has(fn)) this.#take(fn)
  }

  /** Of one that was read. */
  of(fn: AnyFunction): Inside {
    return this.#known.get(fn) as Inside
  }

  /** The variables of `fn`, which was read, do not count: what is known of it besides never changes. */
  fix(fn: AnyFunction): void {
    fixed.set(fn, { ...this.of(fn), scopes: [] })
  }

  #takeFixed(fn: AnyFunction): boolean {
    const inside = fixed.get(fn)
    if (inside !== undefined) this.#known.set(fn, inside)
    return inside !== undefined
  }

  #take(fn: AnyFunction): void {
    const inside = topLevel.get(fn) as Inside
    const scopes = this.#modules.get(inside.location?.scriptId ?? '')
    if (scopes === undefined) this.#ask([fn])
    else this.#known.set(fn, { ...inside, scopes })
  }

  #ask(functions: readonly AnyFunction[]): void {
    if (functions.length === 0) return
    for (const [i, inside] of this.#inspector.read(functions).entries()) {
      const fn = functions[i] as AnyFunction
      this.#known.set(fn, inside)
      const module = inside.scopes.findIndex(({ kind }) => kind === 'module')
      if (module === -1 || inside.location === undefined) continue
      this.#modules.set(inside.location.scriptId, inside.scopes.slice(module))
      // Its values are read again next time.
      if (module === 0) topLevel.set(fn, { ...inside, scopes: [] })
    }
  }
}

const fixed = new WeakMap<AnyFunction, Inside>()
/** Functions that close over nothing but a whole module, and where they are written: that never changes. */
const topLevel = new WeakMap<AnyFunction, Inside>()

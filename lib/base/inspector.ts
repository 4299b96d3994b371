import { types } from 'node:util'
import { InspectorBridge, type Runtime } from './inspector-bridge.ts'

/** One scope that a function closes over. */
export interface Scope {
  readonly kind: 'module' | 'script' | 'global' | 'closure' | 'block' | 'catch' | 'class' | 'with' | 'other'
  /** The values as they are now, with their identity; without a prototype. Those of scripts and globals too. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** Where the text of a function begins. Lines and columns from 0. */
export interface Location {
  readonly scriptId: string
  readonly line: number
  readonly column: number
}

/** What of a function no JavaScript can see. */
export interface Inside {
  /** Innermost first; the last is the global one. Empty for what has no source. */
  readonly scopes: readonly Scope[]
  readonly location: Location | undefined
  /** Of a bound function. */
  readonly bound:
    | { readonly target: unknown; readonly receiver: unknown; readonly args: readonly unknown[] }
    | undefined
}

export interface PrivateField {
  /** With its sign: `#x`. Two classes of one chain may each have one of this name. */
  readonly name: string
  readonly value: unknown
}

/**
 * A session of V8's inspector, for the length of one synchronous piece of work: an open one keeps every logged object
 * alive. The debugger is not enabled, which would make every `await` slower. Everything here is synchronous and runs
 * no code of the program. Opening and closing costs some 30 µs, a function 50 µs.
 */
export class Inspector {
  /** Within its work, it serves others too. */
  static #open: Inspector | undefined
  readonly #bridge: InspectorBridge

  private constructor(bridge: InspectorBridge) {
    this.#bridge = bridge
  }

  /** Runs `body` with an open session; undefined where there is no inspector (--permission, Bun, builds without it). */
  static with<T>(body: (inspector: Inspector) => T): T | undefined {
    if (Inspector.#open !== undefined) return body(Inspector.#open)
    return InspectorBridge.with(bridge => {
      Inspector.#open = new Inspector(bridge)
      try {
        return body(Inspector.#open)
      } finally {
        Inspector.#open = undefined
      }
    })
  }

  /** What lies inside of each of `functions`; nothing of those that cannot be looked into without running code: see `runsCode`. */
  read(functions: readonly object[]): readonly Inside[] {
    const isSafe = functions.map(fn => !this.runsCode(fn))
    const found = this.#bridge
      .idsOf(functions)
      .map((id, i) => this.#internals(isSafe[i] === true ? id : undefined))
    const ids = found.flatMap(internals => INTERNAL.flatMap(name => idIn(internals, name)))
    const values = this.#bridge.fetch(ids)
    return found.map(internals => {
      const [scopes, target, receiver, args] = INTERNAL.map(name => {
        const property = internals.get(name)
        return property?.objectId === undefined ? property?.value : values.shift()
      })
      return {
        scopes: listOf(scopes).map(scopeOf),
        location: locationOf(internals.get('[[FunctionLocation]]')?.value),
        bound: target === undefined ? undefined : { target, receiver, args: listOf(args) },
      }
    })
  }

  /** The private fields of `object`, in the order in which the constructors made them; undefined where that is not known. */
  privateFieldsOf(object: object): readonly PrivateField[] | undefined {
    const [objectId] = this.#bridge.idsOf([object])
    if (objectId === undefined || this.runsCode(object)) return undefined
    const properties = this.#bridge.propertiesOf(objectId)
    if (properties === undefined) return undefined
    return (properties.privateProperties ?? []).flatMap(({ name, value }) =>
      value === undefined ? [] : [{ name, value: this.#bridge.fetch([argumentOf(value)])[0] }],
    )
  }

  /** Whether V8 would run a handler's code when it is asked about `object`: it inherits from a Proxy that has such. */
  runsCode(object: object): boolean {
    if (types.isProxy(object)) return false
    let owner: object | null = Object.getPrototypeOf(object)
    while (owner !== null && !types.isProxy(owner)) owner = Object.getPrototypeOf(owner)
    if (owner === null) return false
    const inside = this.proxyOf(owner)
    return (
      inside === undefined ||
      hasTraps(inside.handler) ||
      types.isProxy(inside.target) ||
      this.runsCode(inside.target)
    )
  }

  /** What a promise has come to. */
  promiseOf(promise: Promise<unknown>): { readonly state: string; readonly result: unknown } {
    const internals = this.#internals(this.#bridge.idsOf([promise])[0])
    const state: unknown = internals.get('[[PromiseState]]')?.value
    const result = internals.get('[[PromiseResult]]')
    if (typeof state !== 'string' || state === 'pending' || result === undefined)
      return { state: 'pending', result: undefined }
    return { state, result: this.#bridge.fetch([argumentOf(result)])[0] }
  }

  /** What a Proxy stands before, and its handler; undefined of one that is revoked. */
  proxyOf(proxy: object): { readonly target: object; readonly handler: object } | undefined {
    const [objectId] = this.#bridge.idsOf([proxy])
    const internals = this.#internals(objectId)
    const ids = ['[[Target]]', '[[Handler]]'].flatMap(name => idIn(internals, name))
    const [target, handler] = this.#bridge.fetch(ids)
    return ids.length < 2 ? undefined : { target: target as object, handler: handler as object }
  }

  /** The URL of each script, by id. Costs a millisecond and more, with much loaded twenty. */
  scriptUrls(): ReadonlyMap<string, string> {
    this.#bridge.post('Profiler.enable')
    try {
      const coverage = this.#bridge.post<{ result: { scriptId: string; url: string }[] }>(
        'Profiler.getBestEffortCoverage',
      )
      return new Map((coverage?.result ?? []).map(({ scriptId, url }) => [scriptId, url]))
    } finally {
      this.#bridge.post('Profiler.disable')
    }
  }

  /** The same for those that were only just compiled, which the other one leaves out. Slower: it makes V8 hash every script. */
  parsedScriptUrls(): ReadonlyMap<string, string> {
    const urls = new Map<string, string>()
    const note = ({ params }: { params: { scriptId: string; url: string } }) =>
      urls.set(params.scriptId, params.url)
    this.#bridge.listen('Debugger.scriptParsed', note, () => {
      try {
        this.#bridge.post('Debugger.enable')
      } finally {
        this.#bridge.post('Debugger.disable')
      }
    })
    return urls
  }

  #internals(objectId: string | undefined): ReadonlyMap<string, Runtime.RemoteObject> {
    const properties = objectId === undefined ? undefined : this.#bridge.propertiesOf(objectId)
    const internals = new Map<string, Runtime.RemoteObject>()
    for (const { name, value } of properties?.internalProperties ?? []) {
      if (value !== undefined) internals.set(name, value)
    }
    return internals
  }
}

/** The private fields of `object`; undefined where there is no inspector. Costs about 0.2 ms. */
export function readPrivateFields(object: object): readonly PrivateField[] | undefined {
  return Inspector.with(inspector => inspector.privateFieldsOf(object))
}

const INTERNAL = ['[[Scopes]]', '[[TargetFunction]]', '[[BoundThis]]', '[[BoundArgs]]'] as const

const TRAPS = ['ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf']

function hasTraps(handler: object): boolean {
  return (
    types.isProxy(handler) ||
    Object.getPrototypeOf(handler) !== Object.prototype ||
    TRAPS.some(name => Object.hasOwn(handler, name))
  )
}

function idIn(internals: ReadonlyMap<string, Runtime.RemoteObject>, name: string): Runtime.CallArgument[] {
  const objectId = internals.get(name)?.objectId
  return objectId === undefined ? [] : [{ objectId }]
}

function argumentOf({ objectId, value, unserializableValue }: Runtime.RemoteObject): Runtime.CallArgument {
  if (objectId !== undefined) return { objectId }
  return unserializableValue === undefined ? { value } : { unserializableValue }
}

/** Array-likes of the inspector's, which have no methods. */
function listOf(list: unknown): readonly unknown[] {
  return list === undefined || list === null ? [] : Array.prototype.slice.call(list)
}

/** `description` is V8's: `Closure (add)`, `Module`, `Block`. */
function scopeOf(found: unknown): Scope {
  // What the inspector gives for each scope.
  const { object, description } = found as { object: Record<string, unknown>; description: string }
  return { kind: KINDS[description.split(' ')[0] ?? ''] ?? 'other', variables: object }
}

const KINDS: Readonly<Record<string, Scope['kind']>> = {
  Module: 'module',
  Script: 'script',
  Global: 'global',
  Closure: 'closure',
  Block: 'block',
  Catch: 'catch',
  Class: 'class',
  With: 'with',
}

function locationOf(value: unknown): Location | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { scriptId, lineNumber, columnNumber } = value as {
    scriptId: string
    lineNumber: number
    columnNumber?: number
  }
  return { scriptId, line: lineNumber, column: columnNumber ?? 0 }
}

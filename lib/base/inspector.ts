import type { Runtime, Session } from 'node:inspector'
import { types } from 'node:util'
import { loadPackage } from './load-package.ts'

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

/** Where values are handed over. A fixed name: V8 keeps something for each different one. */
const SLOT = 'cachedict.slot'

interface Slot {
  value: unknown
}

/**
 * A session of V8's inspector, for the length of one synchronous piece of work: an open one keeps every logged object
 * alive. The debugger is not enabled, which would make every `await` slower. Everything here is synchronous and runs
 * no code of the program. Opening and closing costs some 30 µs, a function 50 µs.
 */
export class Inspector {
  /** Within its work, it serves others too. */
  static #open: Inspector | undefined
  readonly #session: Session
  readonly #slot: Slot
  readonly #slotId: string

  private constructor(session: Session, slot: Slot, slotId: string) {
    this.#session = session
    this.#slot = slot
    this.#slotId = slotId
  }

  /** Runs `body` with an open session; undefined where there is no inspector (--permission, Bun, builds without it). */
  static with<T>(body: (inspector: Inspector) => T): T | undefined {
    if (Inspector.#open !== undefined) return body(Inspector.#open)
    const session = connect()
    if (session === undefined) return undefined
    try {
      const slot: Slot = { value: undefined }
      const slotId = idOfSlot(session, slot)
      if (slotId === undefined) return undefined
      Inspector.#open = new Inspector(session, slot, slotId)
      return body(Inspector.#open)
    } finally {
      Inspector.#open = undefined
      session.disconnect()
    }
  }

  /** What lies inside of each of `functions`; nothing of those that cannot be looked into without running code: see `runsCode`. */
  read(functions: readonly object[]): readonly Inside[] {
    const isSafe = functions.map(fn => !this.runsCode(fn))
    const found = this.#idsOf(functions).map((id, i) => this.#internals(isSafe[i] === true ? id : undefined))
    const ids = found.flatMap(internals => INTERNAL.flatMap(name => idIn(internals, name)))
    const values = this.#fetch(ids)
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
    const [objectId] = this.#idsOf([object])
    if (objectId === undefined || this.runsCode(object)) return undefined
    const properties = this.#properties(objectId)
    if (properties === undefined) return undefined
    return (properties.privateProperties ?? []).flatMap(({ name, value }) =>
      value === undefined ? [] : [{ name, value: this.#fetch([argumentOf(value)])[0] }],
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
    const internals = this.#internals(this.#idsOf([promise])[0])
    const state: unknown = internals.get('[[PromiseState]]')?.value
    const result = internals.get('[[PromiseResult]]')
    if (typeof state !== 'string' || state === 'pending' || result === undefined)
      return { state: 'pending', result: undefined }
    return { state, result: this.#fetch([argumentOf(result)])[0] }
  }

  /** What a Proxy stands before, and its handler; undefined of one that is revoked. */
  proxyOf(proxy: object): { readonly target: object; readonly handler: object } | undefined {
    const [objectId] = this.#idsOf([proxy])
    const internals = this.#internals(objectId)
    const ids = ['[[Target]]', '[[Handler]]'].flatMap(name => idIn(internals, name))
    const [target, handler] = this.#fetch(ids)
    return ids.length < 2 ? undefined : { target: target as object, handler: handler as object }
  }

  /** The URL of each script, by id. Costs a millisecond and more, with much loaded twenty. */
  scriptUrls(): ReadonlyMap<string, string> {
    post(this.#session, 'Profiler.enable')
    try {
      const coverage = post<{ result: { scriptId: string; url: string }[] }>(
        this.#session,
        'Profiler.getBestEffortCoverage',
      )
      return new Map((coverage?.result ?? []).map(({ scriptId, url }) => [scriptId, url]))
    } finally {
      post(this.#session, 'Profiler.disable')
    }
  }

  /** The same for those that were only just compiled, which the other one leaves out. Slower: it makes V8 hash every script. */
  parsedScriptUrls(): ReadonlyMap<string, string> {
    const urls = new Map<string, string>()
    const note = ({ params }: { params: { scriptId: string; url: string } }) =>
      urls.set(params.scriptId, params.url)
    this.#session.on('Debugger.scriptParsed', note as never)
    try {
      post(this.#session, 'Debugger.enable')
    } finally {
      post(this.#session, 'Debugger.disable')
      this.#session.off('Debugger.scriptParsed', note as never)
    }
    return urls
  }

  #internals(objectId: string | undefined): ReadonlyMap<string, Runtime.RemoteObject> {
    const properties = objectId === undefined ? undefined : this.#properties(objectId)
    const internals = new Map<string, Runtime.RemoteObject>()
    for (const { name, value } of properties?.internalProperties ?? []) {
      if (value !== undefined) internals.set(name, value)
    }
    return internals
  }

  #properties(objectId: string): (Runtime.GetPropertiesReturnType & PrivateProperties) | undefined {
    return post(this.#session, 'Runtime.getProperties', { objectId, ownProperties: true })
  }

  /** The ids under which the session knows `objects`. */
  #idsOf(objects: readonly object[]): readonly (string | undefined)[] {
    this.#slot.value = objects
    const list = this.#call('function () { return this.value }')?.objectId
    this.#slot.value = undefined
    const ids: (string | undefined)[] = objects.map(() => undefined)
    if (list === undefined) return ids
    for (const { name, value } of this.#properties(list)?.result ?? []) {
      const index = Number(name)
      if (index in ids) ids[index] = value?.objectId
    }
    return ids
  }

  /** The values themselves, with their identity. */
  #fetch(found: readonly Runtime.CallArgument[]): unknown[] {
    if (found.length === 0) return []
    this.#slot.value = undefined
    this.#call('function (...values) { this.value = values }', found)
    // Filled by the call, unless it failed.
    const values = (this.#slot.value ?? []) as unknown[]
    this.#slot.value = undefined
    return values
  }

  #call(functionDeclaration: string, callArguments: readonly Runtime.CallArgument[] = []) {
    const parameters = { objectId: this.#slotId, functionDeclaration, arguments: callArguments, silent: true }
    return post<Runtime.CallFunctionOnReturnType>(this.#session, 'Runtime.callFunctionOn', parameters)?.result
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

/** Newer than the types of Node 20. */
interface PrivateProperties {
  readonly privateProperties?: readonly { readonly name: string; readonly value?: Runtime.RemoteObject }[]
}

function connect(): Session | undefined {
  try {
    const inspector = loadPackage('node:inspector') as typeof import('node:inspector')
    const session = new inspector.Session()
    session.connect()
    return session
  } catch {
    return undefined
  }
}

// The one place that both this code and the inspector's global scope can reach, in any realm; there for the length of one call.
function idOfSlot(session: Session, slot: Slot): string | undefined {
  const inspector = session.constructor.prototype as Record<string, unknown>
  Object.defineProperty(inspector, SLOT, { value: slot, configurable: true })
  try {
    const expression = `process.getBuiltinModule('node:inspector').Session.prototype['${SLOT}']`
    return post<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', { expression })?.result.objectId
  } finally {
    delete inspector[SLOT]
  }
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

// In Node the answer comes before `post` returns; where it does not (Deno), there is none.
function post<T>(session: Session, method: string, parameters: object = {}): T | undefined {
  let answer: T | undefined
  session.post(method, parameters, (error, result) => {
    if (error === null) answer = result as T
  })
  return answer
}

import type { Runtime, Session } from 'node:inspector'
import { loadPackage } from './load-package.ts'

export type { Runtime }

/** What V8 tells of an object. */
export interface RemoteProperties extends Runtime.GetPropertiesReturnType {
  /** Newer than the types of Node 20. */
  readonly privateProperties?: readonly { readonly name: string; readonly value?: Runtime.RemoteObject }[]
}

/** Where values are handed over. A fixed name: V8 keeps something for each different one. */
const SLOT = 'cachedict.slot'

/** Filled for the length of one call. */
type Slot = unknown[]

/** A session of V8's inspector, and how values go over to it and come back, with their identity. Synchronous. */
export class InspectorBridge {
  readonly #session: Session
  readonly #slot: Slot
  readonly #slotId: string

  private constructor(session: Session, slot: Slot, slotId: string) {
    this.#session = session
    this.#slot = slot
    this.#slotId = slotId
  }

  /** Runs `body` with an open session, and closes it; undefined where there is none to be had. */
  static with<T>(body: (bridge: InspectorBridge) => T): T | undefined {
    const session = connect()
    if (session === undefined) return undefined
    try {
      const slot: Slot = []
      const slotId = idOfSlot(session, slot)
      return slotId === undefined ? undefined : body(new InspectorBridge(session, slot, slotId))
    } finally {
      session.disconnect()
    }
  }

  /** What the inspector answers; undefined where it does not, or not at once. */
  post<T>(method: string, parameters: object = {}): T | undefined {
    return post(this.#session, method, parameters)
  }

  /** Calls `listener` with what the session tells under `event` while `body` runs. */
  listen(event: string, listener: (message: never) => void, body: () => void): void {
    // Node's types know each event by itself.
    const listen = listener as (message: object) => void
    this.#session.on(event, listen)
    try {
      body()
    } finally {
      this.#session.off(event, listen)
    }
  }

  propertiesOf(objectId: string): RemoteProperties | undefined {
    return this.post('Runtime.getProperties', { objectId, ownProperties: true })
  }

  /** The ids under which the session knows `objects`. */
  idsOf(objects: readonly object[]): readonly (string | undefined)[] {
    const ids: (string | undefined)[] = objects.map(() => undefined)
    this.#slot.push(...objects)
    const properties = this.propertiesOf(this.#slotId)
    this.#slot.length = 0
    for (const { name, value } of properties?.result ?? []) {
      const index = Number(name)
      if (index in ids) ids[index] = value?.objectId
    }
    return ids
  }

  /** The values themselves, with their identity. */
  fetch(found: readonly Runtime.CallArgument[]): unknown[] {
    if (found.length === 0) return []
    this.#call('function (...values) { this[0] = values }', found)
    // Filled by the call, unless it failed.
    const values = (this.#slot[0] ?? []) as unknown[]
    this.#slot.length = 0
    return values
  }

  #call(functionDeclaration: string, callArguments: readonly Runtime.CallArgument[] = []) {
    const parameters = { objectId: this.#slotId, functionDeclaration, arguments: callArguments, silent: true }
    return this.post<Runtime.CallFunctionOnReturnType>('Runtime.callFunctionOn', parameters)?.result
  }
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

// In Node the answer comes before `post` returns; where it does not (Deno), there is none.
function post<T>(session: Session, method: string, parameters: object = {}): T | undefined {
  let answer: T | undefined
  session.post(method, parameters, (error, result) => {
    if (error === null) answer = result as T
  })
  return answer
}

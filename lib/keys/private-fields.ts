import type { Runtime, Session } from 'node:inspector'
import { loadPackage } from '../base/load-package.ts'

export interface PrivateField {
  /** With its sign: `#x`. Two classes of one chain may each have one of this name. */
  readonly name: string
  readonly value: unknown
}

/** Where values are handed over. A fixed name: V8 keeps something for each different one. */
const SLOT = Symbol.for('cachedict.slot').description as string

/**
 * The private fields of `object`, in the order in which the constructors made them, read through the inspector; or
 * undefined where it is not available (--permission, Bun, builds without it). Costs about 0.2 ms. The session is
 * closed before this returns, because an open one keeps every logged object alive.
 */
export function readPrivateFields(object: object): readonly PrivateField[] | undefined {
  const session = connect()
  if (session === undefined) return undefined
  try {
    return read(session, object)
  } finally {
    session.disconnect()
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

interface Slot {
  value: unknown
}

function read(session: Session, object: object): readonly PrivateField[] | undefined {
  const slot: Slot = { value: object }
  const slotId = idOfSlot(session, slot)
  if (slotId === undefined) return undefined
  const objectId = call(session, slotId, 'function () { return this.value }')?.objectId
  if (objectId === undefined) return undefined
  const properties = post<Runtime.GetPropertiesReturnType & PrivateProperties>(
    session,
    'Runtime.getProperties',
    {
      objectId,
      ownProperties: true,
    },
  )
  if (properties === undefined) return undefined
  return (properties.privateProperties ?? []).flatMap(({ name, value }) =>
    value === undefined ? [] : [{ name, value: fetchValue(session, slotId, slot, value) }],
  )
}

/** Newer than the types of Node 20. */
interface PrivateProperties {
  readonly privateProperties?: readonly { readonly name: string; readonly value?: Runtime.RemoteObject }[]
}

// The one place that both this code and the inspector's global scope can reach; there for the length of one call.
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

/** The value itself, with its identity, not a description. */
function fetchValue(session: Session, slotId: string, slot: Slot, remote: Runtime.RemoteObject): unknown {
  const { objectId, value, unserializableValue } = remote
  const argument =
    objectId !== undefined
      ? { objectId }
      : unserializableValue !== undefined
        ? { unserializableValue }
        : { value }
  slot.value = undefined
  call(session, slotId, 'function (value) { this.value = value }', [argument])
  return slot.value
}

function call(
  session: Session,
  objectId: string,
  functionDeclaration: string,
  callArguments: Runtime.CallArgument[] = [],
): Runtime.RemoteObject | undefined {
  const parameters = { objectId, functionDeclaration, arguments: callArguments, silent: true }
  return post<Runtime.CallFunctionOnReturnType>(session, 'Runtime.callFunctionOn', parameters)?.result
}

// In Node the answer comes before `post` returns; where it does not (Deno), there is none.
function post<T>(session: Session, method: string, parameters: object): T | undefined {
  let answer: T | undefined
  session.post(method, parameters, (error, result) => {
    if (error === null) answer = result as T
  })
  return answer
}

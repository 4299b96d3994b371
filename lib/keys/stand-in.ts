import { types } from 'node:util'
import { typeName } from '../base/type-name.ts'
import { ABSENT } from './atoms.ts'
import { isNodeClass } from './builtins.ts'
import { classIdentity, constructorOf } from './class-identity.ts'
import type { NoteKind, Policy } from './policy.ts'
import { Refusal } from './refusal.ts'
import { type AnyFunction, isNative, nameOf } from './source.ts'

/** What an object counts by that counts as its class alone: the name of the class, and the atoms of its own code. */
export function standInHead(value: object, policy: Policy): readonly unknown[] {
  // Any other look at a Proxy runs its traps.
  if (types.isProxy(value)) return ['Proxy']
  if (typeof value === 'function') return ['Function', nameOf(value)]
  const head: unknown[] = [typeName(value)]
  for (const code of codeOf(value)) head.push(atomOf(code, policy))
  return head
}

/** Whether `value` is an instance of a class, which is the one to be replaced where it holds a handle. */
export function isInstance(value: object): boolean {
  if (typeof value === 'function' || types.isProxy(value) || types.isModuleNamespaceObject(value))
    return false
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === null) return false
  try {
    const identity = classIdentity(prototype)
    return identity.digest !== '' || identity.prototype !== undefined || !PLAIN.has(identity.base)
  } catch (error) {
    if (error instanceof Refusal) return true
    throw error
  }
}

const PLAIN = new Set(['Object', 'Array', 'Map', 'Set', 'null'])

/** Whether the nearest class of `value` is the user's or a package's. */
export function hasOwnClass(value: object): boolean {
  if (typeof value === 'function' || types.isProxy(value)) return false
  const prototype: object | null = Object.getPrototypeOf(value)
  const owner = prototype === null || types.isProxy(prototype) ? undefined : constructorOf(prototype)
  return owner !== undefined && isOwnCode(owner)
}

/** Live things are told from data that nothing can look into. */
export function kindOfHandle(value: object): NoteKind {
  if (types.isProxy(value)) return 'opaque'
  if (types.isPromise(value) || value === process || value === globalThis) return 'handle'
  for (const owner of ownersOf(value)) {
    if (LIVE.has(nameOf(owner)) && !isOwnCode(owner)) return 'handle'
  }
  return 'opaque'
}

const LIVE = new Set(
  (
    'EventEmitter EventTarget Promise Timeout Immediate AbortController ReadableStream WritableStream TransformStream ' +
    'MessageChannel FinalizationRegistry AsyncLocalStorage AsyncResource Console Channel Dir Resolver ' +
    'CompressionStream DecompressionStream TextDecoderStream TextEncoderStream ReadableStreamDefaultReader ' +
    'ReadableStreamBYOBReader WritableStreamDefaultWriter PerformanceObserver'
  ).split(' '),
)

/** The classes of `value`, or, of prototypes without a class, their functions by name. */
function* codeOf(value: object): Generator<AnyFunction> {
  for (const prototype of prototypesOf(value)) {
    const owner = constructorOf(prototype)
    if (owner !== undefined) {
      if (!isOwnCode(owner)) return
      yield owner
      continue
    }
    for (const name of Object.getOwnPropertyNames(prototype).sort()) {
      const {
        value: member,
        get,
        set,
      } = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor
      for (const code of [member, get, set]) if (typeof code === 'function' && isOwnCode(code)) yield code
    }
  }
}

function* ownersOf(value: object): Generator<AnyFunction> {
  for (const prototype of prototypesOf(value)) {
    const owner = constructorOf(prototype)
    if (owner !== undefined) yield owner
  }
}

function* prototypesOf(value: object): Generator<object> {
  let prototype: object | null = Object.getPrototypeOf(value)
  while (prototype !== null && !types.isProxy(prototype)) {
    yield prototype
    prototype = Object.getPrototypeOf(prototype)
  }
}

function isOwnCode(owner: AnyFunction): boolean {
  return !isNative(owner) && !isNodeClass(owner)
}

function atomOf(code: AnyFunction, policy: Policy): unknown {
  try {
    return policy.functionAtom(code)
  } catch (error) {
    if (error instanceof Refusal) return ABSENT
    throw error
  }
}

import { types } from 'node:util'
import { onceFor } from '../base/once-for.ts'
import { ownValue } from '../base/own-value.ts'
import { hasLoweredPrivates, privateFieldNames } from '../base/private-names.ts'
import { builtinName, isNodeClass } from './builtins.ts'
import { kindWithPrototype } from './native-kinds.ts'
import { Refusal } from './refusal.ts'
import { sha256Hex } from './sha256.ts'
import { type AnyFunction, isNative, nameOf, sourceDigest, sourceOf } from './source.ts'

/** What the class of an instance counts by. */
export interface ClassIdentity {
  /** The class of the language that the chain ends with: `Object`, `Map`, `Buffer`; `null` for none. */
  readonly base: string
  readonly name: string
  /** Of the names and sources of the user's classes between the instance and its base; empty if there are none. */
  readonly digest: string
  /** These classes, nearest first. */
  readonly classes: readonly AnyFunction[]
  /** A prototype that is no class's: it counts as a value. */
  readonly prototype: object | undefined
  /** The names of the private instance fields; undefined if a class's text cannot be read. */
  readonly privates: ReadonlySet<string> | undefined
  /** Whether a compiler hid private fields where nothing can read them. */
  readonly hidden: boolean
}

/** Classes of the language whose content is seen, or that have none. */
const BASES = new Set(
  (
    'Object Array Map Set Date RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError ' +
    'URIError ArrayBuffer SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array ' +
    'Int32Array Uint32Array BigInt64Array BigUint64Array Float16Array Float32Array Float64Array Boolean Number String ' +
    'Symbol BigInt Function'
  ).split(' '),
)

/** Of this realm, by prototype: where intrinsics are frozen, `constructor` is an accessor. */
const LANGUAGE: ReadonlyMap<unknown, string> = new Map(
  [...BASES].map(name => {
    const owner: unknown = Reflect.get(globalThis, name)
    return [typeof owner === 'function' ? owner.prototype : undefined, name]
  }),
)

/** The identity of the class with this prototype; read once. Throws a `Refusal` for classes whose state cannot be seen. */
export const classIdentity: (prototype: object) => ClassIdentity = onceFor(readIdentity)

function readIdentity(first: object): ClassIdentity {
  const levels: AnyFunction[] = []
  const parts: unknown[] = []
  let base = 'null'
  let inherited: object | undefined
  for (
    let prototype: object | null = first;
    prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    if (types.isProxy(prototype)) throw new Refusal('Proxy')
    const owner = constructorOf(prototype)
    const known = nodeBase(prototype) ?? LANGUAGE.get(prototype) ?? languageClass(owner)
    if (known !== undefined) {
      base = known
      break
    }
    if (owner === undefined) {
      refuseNativePrototype(prototype)
      inherited = prototype
      break
    }
    if (isNative(owner) || isNodeClass(owner)) throw new Refusal(nameOf(levels[0] ?? owner))
    levels.push(owner)
    parts.push([nameOf(owner), sourceDigest(owner), members(prototype)])
  }
  return {
    base,
    name: levels[0] === undefined ? base : nameOf(levels[0]),
    classes: levels,
    digest: levels.length === 0 ? '' : sha256Hex(JSON.stringify(parts)),
    prototype: inherited,
    ...privatesOf(levels.map(sourceOf)),
  }
}

function nodeBase(prototype: object): string | undefined {
  return prototype === Buffer.prototype ? 'Buffer' : kindWithPrototype(prototype)?.base
}

/** The class whose prototype this is. */
export function constructorOf(prototype: object): AnyFunction | undefined {
  const owner: unknown = ownValue(prototype, 'constructor')
  if (typeof owner !== 'function') return undefined
  return ownValue(owner, 'prototype') === prototype ? owner : undefined
}

// By name and not by identity: the Map of another realm (vm, jest) is a Map.
function languageClass(owner: AnyFunction | undefined): string | undefined {
  if (owner === undefined || !BASES.has(nameOf(owner)) || !isNative(owner)) return undefined
  return nameOf(owner)
}

// Iterators, generators and their like have prototypes without a class.
function refuseNativePrototype(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const { value, get } = Object.getOwnPropertyDescriptor(prototype, key) as PropertyDescriptor
    const code: unknown = value ?? get
    if (typeof code === 'function' && isNative(code) && builtinName(code) === undefined) {
      const tag: unknown = ownValue(prototype, Symbol.toStringTag)
      throw new Refusal(typeof tag === 'string' ? tag : 'built-in object')
    }
  }
}

// Methods may have been put on the prototype from outside the text of the class.
function members(prototype: object): unknown[] {
  const found: unknown[] = []
  for (const key of Reflect.ownKeys(prototype)) {
    if (key === 'constructor') continue
    const { value, get, set } = Object.getOwnPropertyDescriptor(prototype, key) as PropertyDescriptor
    found.push([String(key), ...[value, get, set].map(memberText)])
  }
  return found.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

function memberText(member: unknown): string {
  if (typeof member === 'function') return builtinName(member) ?? sourceDigest(member)
  if (typeof member === 'object' && member !== null) return 'object'
  return `${typeof member} ${Object.is(member, -0) ? '-0' : String(member)}`
}

function privatesOf(sources: readonly string[]): Pick<ClassIdentity, 'privates' | 'hidden'> {
  const names = sources.map(privateFieldNames)
  const readable = names.every(list => list !== undefined)
  return { privates: readable ? new Set(names.flat()) : undefined, hidden: sources.some(hasLoweredPrivates) }
}

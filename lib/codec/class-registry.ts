import { types } from 'node:util'
import { BASE, type Base, ERROR_CLASSES } from './extensions.ts'
import { privateOwner } from './private-fields.ts'

/** A class as far as the registry needs it: also one with a private constructor. */
export interface ClassLike<T extends object> {
  readonly prototype: T
  readonly name: string
}

export interface RegisterClassOptions<T extends object> {
  /** What names the class in kept bytes; the class's own name by default. Must stay the same over versions of the program. */
  readonly name?: string
  /** The state of `instance`: anything that can be kept. Together with `decode`. */
  encode?(instance: T): unknown
  /** The instance with that state. */
  decode?(state: unknown): T
}

export interface Registration {
  readonly cls: ClassLike<object>
  readonly name: string
  readonly base: Base
  readonly custom: Custom | undefined
}
export interface Custom {
  encode(instance: object): unknown
  decode(state: unknown): object
}

const byName = new Map<string, Registration>()
const byPrototype = new Map<object, Registration>()

/**
 * Lets instances of `cls` be kept and come back as instances of `cls`, in this process. Without `encode` and
 * `decode`, an instance is restored from its own enumerable properties and, where `cls` extends Map, Set, Array or
 * Error, their contents; the constructor is not run. A class with private `#fields`, or one that extends another
 * built-in class, needs both. Registering the same class again replaces its options. Throws a `TypeError` on a name
 * that another class has, an empty name, and a class that cannot be restored.
 */
export function registerClass<T extends object>(
  cls: ClassLike<T>,
  options: RegisterClassOptions<T> = {},
): void {
  if (!isClass(cls)) {
    throw new TypeError(`registerClass was given ${typeof cls}, which is no class. Give the class itself.`)
  }
  const name = options.name ?? cls.name
  if (typeof name !== 'string' || name === '') {
    throw new TypeError('registerClass was given a class without a name. Give one: { name: "Point" }.')
  }
  if (BUILT_IN.has(cls)) {
    throw new TypeError(
      `registerClass was given ${name}, which is built in. Its instances need no registration.`,
    )
  }
  const taken = byName.get(name)
  if (taken !== undefined && taken.cls !== cls) {
    throw new TypeError(
      `registerClass: another class has the name "${name}". Give this one a different name.`,
    )
  }
  const custom = customOf(name, options)
  const base = custom === undefined ? restorableBase(cls, name) : BASE.OBJECT
  const registration: Registration = { cls, name, base, custom }
  byName.set(name, registration)
  byPrototype.set(cls.prototype, registration)
}

export function registrationOf(prototype: object): Registration | undefined {
  return byPrototype.get(prototype)
}

export function registrationNamed(name: string): Registration | undefined {
  return byName.get(name)
}

/** Whether `instance` is what `base` says underneath, and nothing more. */
export function hasBase(instance: object, base: Base): boolean {
  return (KIND_CHECKS.find(([check]) => check(instance))?.[1] ?? BASE.OBJECT) === base
}

function isClass(value: unknown): boolean {
  if (typeof value !== 'function') return false
  const { prototype } = value as { prototype?: unknown }
  return typeof prototype === 'object' && prototype !== null
}

const HIDDEN = 'hidden'
const KIND_CHECKS: readonly (readonly [(value: unknown) => boolean, Base | typeof HIDDEN])[] = [
  [types.isMap, BASE.MAP],
  [types.isSet, BASE.SET],
  [Array.isArray, BASE.ARRAY],
  [types.isNativeError, BASE.ERROR],
  [types.isDate, HIDDEN],
  [types.isRegExp, HIDDEN],
  [types.isPromise, HIDDEN],
  [types.isAnyArrayBuffer, HIDDEN],
  [ArrayBuffer.isView, HIDDEN],
  [types.isBoxedPrimitive, HIDDEN],
  [types.isWeakMap, HIDDEN],
  [types.isWeakSet, HIDDEN],
  [types.isGeneratorObject, HIDDEN],
  [types.isMapIterator, HIDDEN],
  [types.isSetIterator, HIDDEN],
  [types.isArgumentsObject, HIDDEN],
  [types.isModuleNamespaceObject, HIDDEN],
  [types.isExternal, HIDDEN],
]

const BASES = new Map<object, Base>([
  [Object, BASE.OBJECT],
  [Map, BASE.MAP],
  [Set, BASE.SET],
  [Array, BASE.ARRAY],
  ...ERROR_CLASSES.map(error => [error, BASE.ERROR] as const),
])
const BUILT_IN = new Set<object>([
  ...BASES.keys(),
  ...[Date, RegExp, URL, URLSearchParams, ArrayBuffer, DataView, Buffer, DOMException],
  ...[Boolean, Number, String, BigInt, Symbol, Function, Promise],
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
  ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array],
])

function customOf<T extends object>(name: string, options: RegisterClassOptions<T>): Custom | undefined {
  const { encode, decode } = options
  if (encode === undefined && decode === undefined) return undefined
  if (typeof encode !== 'function' || typeof decode !== 'function') {
    throw new TypeError(`registerClass(${name}): encode and decode belong together. Give both as functions.`)
  }
  return {
    // Only ever called with instances whose prototype is that of `cls`, which are `T`.
    encode: instance => encode.call(options, instance as T),
    decode: state => decode.call(options, state),
  }
}

function restorableBase(cls: object, name: string): Base {
  const owner = privateOwner(cls)
  if (owner !== undefined) {
    throw new TypeError(
      `registerClass(${name}): ${owner.name || name} has private fields, which cannot be read from outside. ` +
        'Give encode and decode: { encode: instance => state, decode: state => instance }.',
    )
  }
  for (let at: unknown = cls; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const base = BASES.get(at)
    if (base !== undefined) return base
    if (at !== Function.prototype && / \{ \[native code\] \}$/.test(Function.prototype.toString.call(at))) {
      throw new TypeError(
        `registerClass(${name}): it is, or extends, ${at.name}, which keeps a state of its own. Give encode and decode.`,
      )
    }
  }
  return BASE.OBJECT
}

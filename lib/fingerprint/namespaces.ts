import { Module } from 'node:module'
import { types } from 'node:util'
import { ownValue } from '../base/own-value.ts'
import { isBindingBag, isBindingGetter } from './binding-getters.ts'
import { isKnownNamespace } from './known-names.ts'

/** Gives what a Proxy stands for, where that can be seen. */
export type ProxyTarget = (proxy: object) => object | undefined

/** What a namespace has under a name. `tdz`: its variable has not been initialised yet. */
export type Member =
  | { readonly found: true; readonly value: unknown }
  | { readonly found: false; readonly tdz?: true }

/**
 * Whether `value` stands for a module: programs use single members of it, and its other members do not concern them. These
 * are module namespaces, the exports of CommonJS modules, and the many objects by which compilers, bundlers and test
 * runners stand in for either. Runs no code of the program.
 */
export function isNamespaceLike(value: object, proxyTarget?: ProxyTarget): boolean {
  if (types.isProxy(value)) {
    const target = proxyTarget?.(value)
    return target !== undefined && isNamespaceLike(target, proxyTarget)
  }
  if (types.isModuleNamespaceObject(value)) return true
  // Of a typed array, to list the properties takes a second.
  if (typeof value === 'function' || Array.isArray(value) || ArrayBuffer.isView(value)) return false
  if (ownValue(value, '__esModule') === true || ownValue(value, Symbol.toStringTag) === 'Module') return true
  // An instance that a module exports is data, or a tool.
  if (!isPlain(value)) return isBindingBag(value) && ownValue(value, 'default') !== undefined
  return isBindingBag(value) || isExports(value) || isDefaultOnly(value)
}

/**
 * The member `name` of a namespace. Getters that compilers made are run; of others, which are the program's, the getter
 * itself is the value: its code counts.
 */
export function memberOf(namespace: object, name: string, proxyTarget?: ProxyTarget): Member {
  if (types.isProxy(namespace)) {
    const target = proxyTarget?.(namespace)
    return target === undefined ? { found: false } : memberOf(target, name, proxyTarget)
  }
  if (types.isModuleNamespaceObject(namespace))
    return Reflect.has(namespace, name) ? read(() => Reflect.get(namespace, name)) : { found: false }
  const property = Object.getOwnPropertyDescriptor(namespace, name)
  if (property === undefined) return { found: false }
  const { get } = property
  if (get === undefined) return { found: true, value: property.value ?? property.set }
  return isBindingGetter(get) ? read(() => Reflect.get(namespace, name)) : { found: true, value: get }
}

/** The names of all members, sorted; without those that only tell that it is a module. */
export function membersOf(namespace: object, proxyTarget?: ProxyTarget): readonly string[] {
  if (types.isProxy(namespace)) {
    const target = proxyTarget?.(namespace)
    return target === undefined ? [] : membersOf(target, proxyTarget)
  }
  // Asking a module namespace which of them are enumerable would read them: all are.
  const isReal = types.isModuleNamespaceObject(namespace)
  return Reflect.ownKeys(namespace)
    .filter((key): key is string => typeof key === 'string' && !NO_MEMBERS.has(key))
    .filter(key => isReal || Object.prototype.propertyIsEnumerable.call(namespace, key))
    .sort()
}

/** What Node, from version 23 on, and compilers add to the exports of a CommonJS module. */
const NO_MEMBERS: ReadonlySet<string> = new Set(['__esModule', 'module.exports'])

function read(get: () => unknown): Member {
  try {
    return { found: true, value: get() }
  } catch (error) {
    if (error instanceof ReferenceError) return { found: false, tdz: true }
    // What a variable leads to can be gone, as where an export was set to null.
    return { found: false }
  }
}

/** `{ default: exports }`: how a default import of a CommonJS module is compiled. */
function isDefaultOnly(value: object): boolean {
  const keys = Object.keys(value)
  const inner = keys.length === 1 ? ownValue(value, 'default') : undefined
  if (inner === null || (typeof inner !== 'object' && typeof inner !== 'function')) return false
  return isExports(inner) || isKnownNamespace(inner)
}

let exported: { readonly count: number; readonly objects: WeakSet<object> } | undefined

/** Whether a CommonJS module that is loaded has `value` as its exports. */
function isExports(value: object): boolean {
  const cache: unknown = Reflect.get(Module, '_cache')
  if (typeof cache !== 'object' || cache === null) return false
  const names = Object.keys(cache)
  if (exported?.count !== names.length) {
    const objects = new WeakSet<object>()
    for (const name of names) {
      const module: unknown = ownValue(cache, name)
      const exports = typeof module === 'object' && module !== null ? ownValue(module, 'exports') : undefined
      if ((typeof exports === 'object' && exports !== null) || typeof exports === 'function')
        objects.add(exports)
    }
    exported = { count: names.length, objects }
  }
  return exported.objects.has(value)
}

// Of another realm too, where tests run.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || (!types.isProxy(prototype) && Object.getPrototypeOf(prototype) === null)
}

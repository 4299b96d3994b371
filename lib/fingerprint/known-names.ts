import { builtinModules } from 'node:module'
import { types } from 'node:util'
import { onceFor } from '../base/once-for.ts'
import { ownValue } from '../base/own-value.ts'
import { builtinName } from '../keys/builtins.ts'
import { isBindingGetter } from './binding-getters.ts'
import { type NameTable, nameAll, type ReadMember } from './name-walk.ts'
import {
  GLOBALS,
  HIDDEN_MODULES,
  HOMES_OF_GLOBALS,
  LAZY_MEMBERS,
  LOADED_WITH,
  MODULES,
  PASSED_OVER,
} from './node-names.ts'
import { realmNames } from './realm-names.ts'

/**
 * The name of what the language, or Node, provides: `Math.max`, `URL`, `fs.readFile`, `fs/promises`, `process.env`; and
 * undefined for what a program made. One thing has one name, in every process and on every version of Node, whatever it
 * is reached by and whatever else is loaded: globals go by their bare names, the rest by the first module of a fixed order.
 * `node:crypto` is `crypto`, the global of that name `crypto.webcrypto`. The global object is `globalThis`.
 *
 * `globalObject` is that of another realm (`node:vm`, jest), whose language has things of its own: they have the same names.
 *
 * The first call walks what is loaded, 2 to 5 ms, later ones only what was loaded since. Nothing is loaded for it, and no
 * getter of the program's is run. A function that a program has put in the place of one of Node's is not told from it.
 */
export function knownNameOf(value: object, globalObject: object = globalThis): string | undefined {
  if (value === globalThis || value === globalObject) return 'globalThis'
  const found = builtinName(value) ?? nodeTable().names.get(value)
  if (found !== undefined) return found
  if (mayBeFacade(value)) {
    const name = nameOfFacade(value)
    if (name !== undefined) return name
  }
  return globalObject === globalThis ? undefined : realmTable(globalObject).names.get(value)
}

/**
 * Whether `value` is one of those whose members have names of their own (`Math`, `process`, `fs`, `URL`, `import * as fs`), so
 * that what a program uses of it is the member and not the whole. A member that is no function or object of Node's
 * (`Math.PI`, `process.pid`, `path.sep`) is known by the name of the namespace and its own.
 */
export function isKnownNamespace(value: object, globalObject: object = globalThis): boolean {
  if (value === globalThis || value === globalObject) return true
  const name = builtinName(value)
  if (name !== undefined) return isNamespaceOfLanguage(name)
  if (nodeTable().namespaces.has(value)) return true
  if (mayBeFacade(value) && nameOfFacade(value) !== undefined) return true
  return globalObject !== globalThis && realmTable(globalObject).namespaces.has(value)
}

// Classes too: `Array.isArray`, `Object.keys`. Not their prototypes and methods.
function isNamespaceOfLanguage(name: string): boolean {
  return !name.includes('.') || /^(Intl|Temporal|WebAssembly)\.[A-Z]\w*$/.test(name)
}

interface NodeTable extends NameTable {
  /** How many modules were loaded when it was last completed. */
  loaded: number
  /** What was looked at: modules, globals and members that are made late. */
  readonly done: Set<string>
}

let table: NodeTable | undefined

function nodeTable(): NameTable {
  table ??= { names: new WeakMap(), namespaces: new WeakSet(), loaded: 0, done: new Set() }
  // Asking for a module that was loaded by Node itself can load a small one more: then once again.
  for (let loaded = loadedModules(); loaded.length !== table.loaded; loaded = loadedModules()) {
    table.loaded = loaded.length
    completeTable(table, new Set(loaded))
  }
  return table
}

// Modules before globals: one of these that is not what its module says has been replaced by the program.
function completeTable(table: NodeTable, loaded: ReadonlySet<string>): void {
  const { done } = table
  const add = (name: string, guard: string, read: () => unknown, readMember: ReadMember): void => {
    if (done.has(name) || !loaded.has(guard)) return
    done.add(name)
    nameAll(table, name, read(), readMember)
  }
  add('process', 'events', () => process, ownData('process'))
  add('console', 'events', () => console, ownData('console'))
  for (const name of MODULE_NAMES)
    add(name, LOADED_WITH[name] ?? name, () => moduleCalled(name), memberOfModule(name))
  for (const [guard, names] of Object.entries(LAZY_MEMBERS))
    for (const name of names.split(' ')) add(name, guard, () => lazyMember(name), ownData(name))
  for (const [guard, names] of Object.entries(GLOBALS))
    for (const name of names.split(' ')) add(name, guard, () => globalCalled(name, loaded), ownData(name))
}

const HIDDEN = new Set(HIDDEN_MODULES.split(' '))
const LISTED = MODULES.split(' ')
const MODULE_NAMES = [...LISTED, ...builtinModules.filter(isUnlisted).sort()]
const MODULE_ROOTS = new Set([...MODULE_NAMES, 'process', 'console'])
const HOMES = HOMES_OF_GLOBALS.split(' ')
const GLOBAL_NAMES = new Set(Object.values(GLOBALS).flatMap(names => names.split(' ')))
const SKIPPED = new Set([...Object.values(LAZY_MEMBERS), PASSED_OVER].flatMap(names => names.split(' ')))

function isUnlisted(name: string): boolean {
  return !/^_|^node:/.test(name) && !HIDDEN.has(name) && !LISTED.includes(name)
}

function moduleCalled(name: string): object {
  const [module = '', member] = name.split('.')
  const exports: object = process.getBuiltinModule(`node:${module}`) ?? {}
  return member === undefined ? exports : Object(Reflect.get(exports, member))
}

// What is a global under the same name is called as that, and what is made late is looked at when it is there.
function memberOfModule(module: string): ReadMember {
  const isHome = HOMES.includes(module)
  const read = ownData(module)
  return (owner, key) =>
    (isHome && GLOBAL_NAMES.has(key)) || SKIPPED.has(`${module}.${key}`) ? undefined : read(owner, key)
}

function ownData(name: string): ReadMember {
  return (owner, key) => ({
    name: `${name}.${key}`,
    value: ownValue(owner, key),
  })
}

function lazyMember(name: string): unknown {
  const [module = '', key = ''] = name.split('.')
  return Reflect.get(moduleCalled(module), key)
}

function globalCalled(name: string, loaded: ReadonlySet<string>): unknown {
  const home = HOMES.find(home => loaded.has(home) && Object.hasOwn(moduleCalled(home), name))
  return Reflect.get(home === undefined ? globalThis : moduleCalled(home), name)
}

// Undocumented; where it is missing, only what nearly every program loads is looked at.
function loadedModules(): readonly string[] {
  const loaded: unknown = Reflect.get(process, 'moduleLoadList')
  if (!Array.isArray(loaded)) return USUALLY_LOADED
  if (loaded.length !== lastLoaded.count)
    lastLoaded = {
      count: loaded.length,
      names: loaded.map(name => String(name).replace('NativeModule ', '')),
    }
  return lastLoaded.names
}
let lastLoaded: { count: number; names: readonly string[] } = { count: 0, names: [] }
const USUALLY_LOADED = 'buffer crypto events fs os path stream timers url util util.types'.split(' ')

/**
 * `import * as fs from 'node:fs'`, or what a compiler makes of it: nothing but what the module, its default, exports. A
 * module of the program's that hands on one of Node's as its default, and other things besides or instead, is not one.
 */
const nameOfFacade = onceFor((facade: object): string | undefined => {
  const exports = memberOf(facade, 'default')
  if (exports === null || (typeof exports !== 'object' && typeof exports !== 'function')) return undefined
  const name = nodeTable().names.get(exports)
  if (name === undefined || !MODULE_ROOTS.has(name)) return undefined
  const own = Object.keys(facade).filter(key => !BESIDES.has(key))
  return own.length >= Object.keys(exports).length / 2 && own.every(key => isSameMember(facade, exports, key))
    ? name
    : undefined
})

/** What the namespace of a module has that the module does not. */
const BESIDES: ReadonlySet<string> = new Set(['default', 'module.exports', '__esModule'])

function mayBeFacade(value: object): boolean {
  if (types.isProxy(value)) return false
  return (
    types.isModuleNamespaceObject(value) || Object.getOwnPropertyDescriptor(value, 'default') !== undefined
  )
}

// Accessors of the module have been read by Node for its namespace: they are not read again.
function isSameMember(facade: object, exports: object, key: string): boolean {
  const property = Object.getOwnPropertyDescriptor(exports, key)
  if (property === undefined) return false
  return property.get === undefined ? Object.is(property.value, memberOf(facade, key)) : isLive(facade, key)
}

function memberOf(facade: object, key: string): unknown {
  if (!types.isModuleNamespaceObject(facade) && !isLive(facade, key)) return ownValue(facade, key)
  try {
    return Reflect.get(facade, key)
  } catch {
    // Of a module that is still being loaded, a variable may not be there yet.
    return undefined
  }
}

// No getter of the program's.
function isLive(facade: object, key: string): boolean {
  if (types.isModuleNamespaceObject(facade)) return true
  const get = Object.getOwnPropertyDescriptor(facade, key)?.get
  return get !== undefined && isBindingGetter(get)
}

const realmTable = onceFor(realmNames)

import { isObject } from '../base/is-object.ts'
import { ownValue } from '../base/own-value.ts'
import { builtinName } from '../keys/builtins.ts'
import { NAMED_OBJECTS, NAMESPACES } from './node-names.ts'

/** What is known so far: names, and which of the named things have members with names of their own. */
export interface NameTable {
  readonly names: WeakMap<object, string>
  readonly namespaces: WeakSet<object>
}

/** How the member `key` of a module or global is called, and its value; undefined where it must not be looked at. */
export type ReadMember = (
  owner: object,
  key: string,
) => { readonly name: string; readonly value: unknown } | undefined

/**
 * Names `root`, a module, a global or a class of Node's, and all that hangs on it: functions, classes with their
 * prototypes, and those objects that are listed as Node's own. What has a name keeps it. `readMember` reads the members
 * of the root itself; elsewhere no getter is run.
 */
export function nameAll(table: NameTable, name: string, root: unknown, readMember: ReadMember): void {
  const queue: Step[] = [{ name, value: root, kind: 'root' }]
  for (const step of queue) {
    if (!isObject(step.value) || table.names.has(step.value)) continue
    if (builtinName(step.value) !== undefined) continue
    table.names.set(step.value, step.name)
    if (step.kind === 'prototype') addMethods(queue, step.name, step.value)
    else addMembers(table, queue, { ...step, value: step.value }, readMember)
  }
}

interface Step {
  readonly name: string
  readonly value: unknown
  readonly kind: 'root' | 'member' | 'prototype'
}

const OBJECT_KEYS = new Set(NAMED_OBJECTS.split(' '))
const CLASS_MODULES = new Set(['events', 'module', 'stream'])
const OF_EVERY_FUNCTION = new Set(['length', 'name', 'prototype'])
const NAMESPACE_KEYS = new Set(NAMESPACES.split(' '))

function addMembers(
  table: NameTable,
  queue: Step[],
  { name, value: owner, kind }: Step & { readonly value: object },
  readMember: ReadMember,
): void {
  const isFunction = typeof owner === 'function'
  if (!isFunction && kind === 'member' && !NAMESPACE_KEYS.has(lastPart(name))) return
  if (!isFunction) table.namespaces.add(owner)
  for (const key of Object.getOwnPropertyNames(owner)) {
    // What begins so is private by custom.
    if (key.startsWith('_') || key === 'constructor') continue
    if (isFunction && OF_EVERY_FUNCTION.has(key)) {
      if (key === 'prototype' && mayBeClass(name))
        queue.push({ name: `${name}.prototype`, value: ownValue(owner, key), kind: 'prototype' })
      continue
    }
    const member =
      kind === 'root' ? readMember(owner, key) : { name: `${name}.${key}`, value: ownValue(owner, key) }
    if (member === undefined || (typeof member.value !== 'function' && !OBJECT_KEYS.has(key))) continue
    table.namespaces.add(owner)
    queue.push({ ...member, kind: 'member' })
  }
}

/** Methods, getters and setters; not those under symbols that only Node has. */
function addMethods(queue: Step[], name: string, prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const isSymbol = typeof key === 'symbol'
    if (key === 'constructor' || (isSymbol && key.description?.startsWith('Symbol.') !== true)) continue
    const step = `${name}${isSymbol ? `[${String(key)}]` : `.${key}`}`
    const { get, set, value } = Object.getOwnPropertyDescriptor(prototype, key) ?? {}
    if (get !== undefined) queue.push({ name: `get ${step}`, value: get, kind: 'member' })
    if (set !== undefined) queue.push({ name: `set ${step}`, value: set, kind: 'member' })
    if (typeof value === 'function') queue.push({ name: step, value, kind: 'member' })
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

// Other functions have a prototype too, which nobody uses. Some modules are classes themselves.
function mayBeClass(name: string): boolean {
  const first = lastPart(name).charCodeAt(0)
  return (first >= 65 && first <= 90) || CLASS_MODULES.has(name)
}

import { isLanguageName } from '../keys/builtins.ts'
import { isNative } from '../keys/source.ts'
import { type NameTable, nameAll } from './name-walk.ts'

/**
 * What the language provides in another realm (of `node:vm`, say, in which jest runs tests), by the names that it has in
 * every realm; and that realm's `console` and `process`, where it has its own. Runs no getter.
 */
export function realmNames(globalObject: object): NameTable {
  const table: NameTable = { names: new WeakMap(), namespaces: new WeakSet() }
  // The same order as in this realm's table, breadth first: the shortest name wins.
  const roots = Object.getOwnPropertyNames(globalObject).filter(isLanguageName).sort()
  const queue = roots.map((name): Step => ({ name, value: dataOf(globalObject, name) }))
  for (const { name, value } of queue) {
    if (!isThing(value) || table.names.has(value) || !isPartOfLanguage(name, value)) continue
    table.names.set(value, name)
    if (!name.includes('.')) table.namespaces.add(value)
    addMembers(queue, name, value)
  }
  for (const name of ['console', 'process']) {
    const own = dataOf(globalObject, name)
    if (isThing(own))
      nameAll(table, name, own, (owner, key) => ({ name: `${name}.${key}`, value: dataOf(owner, key) }))
  }
  return table
}

interface Step {
  readonly name: string
  readonly value: unknown
}

function addMembers(queue: Step[], name: string, owner: object): void {
  for (const key of Reflect.ownKeys(owner)) {
    if (key === 'constructor') continue
    const step = `${name}${typeof key === 'symbol' ? `[${String(key)}]` : `.${key}`}`
    const { get, set, value } = Object.getOwnPropertyDescriptor(owner, key) ?? {}
    queue.push(
      { name: `get ${step}`, value: get },
      { name: `set ${step}`, value: set },
      { name: step, value },
    )
  }
}

function isPartOfLanguage(name: string, value: object): boolean {
  if (typeof value !== 'function') return !name.includes('.') || name.endsWith('.prototype')
  return isNative(value) && !String(dataOf(value, 'name')).startsWith('bound ')
}

function dataOf(owner: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(owner, key)?.value
}

function isThing(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

import { isObject } from '../base/is-object.ts'
import { ownValue } from '../base/own-value.ts'
import { languageNames } from '../keys/builtins.ts'
import { type NameTable, nameAll } from './name-walk.ts'

/**
 * What the language provides in another realm (of `node:vm`, say, in which jest runs tests), by the names that it has in
 * every realm; and that realm's `console` and `process`, where it has its own. Runs no getter.
 */
export function realmNames(globalObject: object): NameTable {
  const table: NameTable = { names: new WeakMap(), namespaces: new WeakSet() }
  for (const [value, name] of languageNames(globalObject)) {
    table.names.set(value, name)
    if (!name.includes('.')) table.namespaces.add(value)
  }
  for (const name of ['console', 'process']) {
    const own = ownValue(globalObject, name)
    if (isObject(own))
      nameAll(table, name, own, (owner, key) => ({ name: `${name}.${key}`, value: ownValue(owner, key) }))
  }
  return table
}

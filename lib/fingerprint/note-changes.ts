import type { Inspector } from '../base/inspector.ts'
import { isNative } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import { mayHoldUserData } from './inner-scopes.ts'
import { knownNameOf } from './known-names.ts'
import { inheritedValue, isObject, lookUp, ownValue } from './look-up.ts'
import { isNamespaceLike, memberOf } from './namespaces.ts'
import { placeOf } from './place-of.ts'
import { proxyTarget } from './proxy-target.ts'
import type { Reached, Register } from './reached.ts'

/** Enters what the function visibly changes: variables that it assigns, objects and properties that it writes. */
export function noteChanges(reached: Reached, { leftOut, inspector }: Register): void {
  const { fn, inside, place } = reached
  if (isNative(fn) || (place.is !== 'own' && !mayHoldUserData(inside))) return
  const form = formOf(fn)
  for (const name of form.writes) {
    const found = lookUp(name, inside)
    if (found.is === 'variable') {
      const scriptId = inside.location?.scriptId ?? ''
      leftOut.addVariable({ name, scriptId, scope: found.scope, value: found.value })
    } else if (found.is === 'global') leftOut.addObject(globalThis, name)
  }
  // A package fills in what it made for the user, a schema, say: what was put in still counts.
  if (place.is !== 'own') return
  for (const { name, members, property } of form.mutations) {
    const object = objectAt(name, members, inside)
    if (object !== undefined) leftOut.addObject(object, property)
  }
  for (const { name, members, use } of form.holes) {
    const method = members.at(-1)
    if (use !== 'call' || method === undefined) continue
    const receiver = objectAt(name, members.slice(0, -1), inside)
    if (receiver === undefined || typeof receiver === 'function' || isNamespaceLike(receiver, proxyTarget))
      continue
    for (const property of writesOfMethod(receiver, method, inspector))
      leftOut.addObject(receiver, property === '*' ? undefined : property)
  }
}

/** The object that a chain of names leads to, where it is the program's own. */
function objectAt(name: string, members: readonly string[], inside: Reached['inside']): object | undefined {
  const found = lookUp(name, inside)
  let value = 'value' in found ? found.value : undefined
  for (const member of members) {
    if (!isObject(value)) return undefined
    if (typeof value !== 'function' && isNamespaceLike(value, proxyTarget)) {
      const read = memberOf(value, member, proxyTarget)
      value = read.found ? read.value : undefined
    } else value = ownValue(value, member)
  }
  return isObject(value) && knownNameOf(value) === undefined ? value : undefined
}

/** The properties of its `this` that a method of the program's writes; '*' for those that are computed. */
function writesOfMethod(receiver: object, name: string, inspector: Inspector): readonly string[] {
  const method = inheritedValue(receiver, name)
  if (typeof method !== 'function' || isNative(method) || knownNameOf(method) !== undefined) return []
  const { thisWrites } = formOf(method)
  if (thisWrites.length === 0) return []
  const [inside] = inspector.read([method])
  return placeOf(inside?.location, inspector).is === 'own' ? thisWrites : []
}

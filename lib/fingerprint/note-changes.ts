import type { Inspector } from '../base/inspector.ts'
import { isObject } from '../base/is-object.ts'
import { inheritedValue, ownValue } from '../base/own-value.ts'
import { type AnyFunction, isNative } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import { mayHoldUserData } from './inner-scopes.ts'
import { knownNameOf } from './known-names.ts'
import type { LeftOut } from './left-out.ts'
import { lookUp } from './look-up.ts'
import { isNamespaceLike, memberOf } from './namespaces.ts'
import type { Mutation } from './normal-form/normal-form.ts'
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
    } else if (found.is === 'global' || found.is === 'missing') leftOut.addObject(globalThis, name)
  }
  // A package fills in what it made for the user, a schema, say: what was put in still counts.
  if (place.is !== 'own') return
  for (const mutation of form.mutations) noteMutation(mutation, inside, leftOut)
  for (const { name, members, use } of form.holes) {
    const method = members.at(-1)
    if (use !== 'call' || method === undefined) continue
    const receiver = objectAt(name, members.slice(0, -1), inside)
    if (receiver === undefined || typeof receiver === 'function' || isNamespaceLike(receiver, proxyTarget))
      continue
    noteCall(receiver, method, { leftOut, inspector, seen: new Set() })
  }
}

function noteMutation(
  { name, members, property, method }: Mutation,
  inside: Reached['inside'],
  leftOut: LeftOut,
): void {
  // `globalThis.n = 1` writes the variable `n`.
  if (name === 'globalThis' && members.length === 0 && property !== undefined)
    leftOut.addObject(globalThis, property)
  const object = objectAt(name, members, inside)
  if (object === undefined || (method !== undefined && !isOfLanguage(object, method))) return
  leftOut.addObject(object, property)
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

/** `list.push` changes the list. What a method of that name does that the program made, its code tells. */
function isOfLanguage(receiver: object, method: string): boolean {
  const code = inheritedValue(receiver, method)
  return typeof code !== 'function' || isForeign(code)
}

function isForeign(code: AnyFunction): boolean {
  return isNative(code) || knownNameOf(code) !== undefined
}

interface Search {
  readonly leftOut: LeftOut
  readonly inspector: Inspector
  /** Methods that were looked at. */
  readonly seen: Set<unknown>
}

/** Enters what `receiver.method()`, a method of the program's, changes of its receiver and of what that holds. */
function noteCall(receiver: object, method: string, search: Search): void {
  const code = inheritedValue(receiver, method)
  if (typeof code !== 'function' || search.seen.has(code) || isForeign(code)) return
  search.seen.add(code)
  const { thisWrites } = formOf(code)
  if (thisWrites.length === 0) return
  const [inside] = search.inspector.read([code])
  if (placeOf(inside, search.inspector).is !== 'own') return
  for (const write of thisWrites) {
    if (write.endsWith('()')) noteInnerCall(receiver, write.slice(0, -2).split('.'), search)
    else search.leftOut.addObject(receiver, write === '*' ? undefined : write)
  }
}

/** The same for `this.names()` in one of its methods: `this.#list.push()`, `this.add()`. */
function noteInnerCall(receiver: object, names: readonly string[], search: Search): void {
  const [method = '', ...others] = names.toReversed()
  let object: unknown = receiver
  for (const name of others.reverse()) object = isObject(object) ? fieldOf(object, name, search) : undefined
  if (isObject(object) && !isOfLanguage(object, method)) noteCall(object, method, search)
  else search.leftOut.addObject(receiver, names.length === 1 ? undefined : names[0])
}

function fieldOf(object: object, name: string, { inspector }: Search): unknown {
  if (!name.startsWith('#')) return ownValue(object, name)
  return inspector.privateFieldsOf(object)?.find(field => field.name === name)?.value
}

import { isObject } from '../base/is-object.ts'
import { ownValue } from '../base/own-value.ts'
import { formOf } from './form-of.ts'
import type { LeftOut } from './left-out.ts'
import { globalObjectOf, lookUp } from './look-up.ts'
import { isNamespaceLike } from './namespaces.ts'
import { proxyTarget } from './proxy-target.ts'
import type { Reached } from './reached.ts'
import { isStill, toHold } from './still.ts'

/** A member of a namespace, or of the global object, that a function uses, and what it held. */
interface Member {
  readonly owner: WeakRef<object>
  readonly name: string
  readonly held: unknown
}

/**
 * The members of namespaces (`exports.rate`, `config.rate` of a module) and the globals that `reached` use, at this moment. What
 * is returned tells whether one of them is another by then. No getter is run.
 */
export function membersHeld(reached: readonly Reached[], leftOut: LeftOut): () => boolean {
  const all = reached.flatMap(each => membersOf(each, leftOut))
  return () => all.some(({ owner, name, held }) => !isStill(valueAt(owner.deref(), name), held))
}

function membersOf({ fn, inside, place }: Reached, leftOut: LeftOut): readonly Member[] {
  if (place.is !== 'own') return []
  const globalObject = globalObjectOf(inside)
  return formOf(fn).holes.flatMap(({ name, members: [first] }) => {
    const found = lookUp(name, inside)
    if (found.is === 'global' && found.value !== globalObject) return memberAt(globalObject, name, leftOut)
    const value = 'value' in found ? found.value : undefined
    if (first === undefined || !isObject(value) || typeof value === 'function') return []
    const isNamespace = value === globalObject || value === globalThis || isNamespaceLike(value, proxyTarget)
    return isNamespace ? memberAt(value, first, leftOut) : []
  })
}

/** Functions of the language stay what they are, or that is a limit that is said. */
function memberAt(owner: object, name: string, leftOut: LeftOut): readonly Member[] {
  const value = valueAt(owner, name)
  if (leftOut.hasObject(owner, name) || (owner === globalThis && typeof value === 'function')) return []
  return [{ owner: new WeakRef(owner), name, held: toHold(value) }]
}

function valueAt(owner: object | undefined, name: string): unknown {
  try {
    return owner === undefined ? undefined : ownValue(owner, name)
  } catch {
    // Of a module that has not come so far.
    return undefined
  }
}

import { types } from 'node:util'
import { isObject } from '../base/is-object.ts'
import { ownValue } from '../base/own-value.ts'
import { type AnyFunction, isNative, nameOf, sourceOf } from '../keys/source.ts'
import { describeOwn } from './describe-own.ts'
import { formOf } from './form-of.ts'
import { innerScopes } from './inner-scopes.ts'
import { knownNameOf } from './known-names.ts'
import type { LeftOut } from './left-out.ts'
import { describeMembers } from './members.ts'
import { placeOf } from './place-of.ts'
import type { Reached, Register } from './reached.ts'
import { targetOf } from './resolve.ts'
import type { Reread } from './targets.ts'

/** The text of a function with everything in place that it takes from outside; what it takes is told to the register. */
export function describe(reached: Reached, register: Register): string {
  const { inside, place, fn } = reached
  if (types.isProxy(fn)) {
    reached.slots.push({ path: `${reached.path} > Proxy`, value: fn, read: () => fn, digest: '' })
    return 'proxy'
  }
  if (inside.bound !== undefined) return describeBound(reached, register)
  if (register.inspector.runsCode(fn)) {
    register.note('opaque', reached.path)
    return `unseen ${sourceOf(fn)}${describeMembers(reached, register)}`
  }
  if (isNative(fn)) {
    register.note('opaque', reached.path)
    return `native ${nameOf(fn)}`
  }
  switch (place.is) {
    case 'node':
      return `node ${place.url}${describeWrapped(reached, register)}`
    case 'package':
      return `package ${place.name}@${place.version} ${place.at}${describeInner(reached, register)}`
    case 'own':
      return describeOwn(reached, register)
  }
}

function describeBound(reached: Reached, register: Register): string {
  const { bound } = reached.inside
  const part = (value: unknown, label: string) =>
    register.textOf(
      targetOf(value, label, () => value),
      reached,
    )
  const args = bound?.args.map((arg, i) => part(arg, `args[${i}]`)) ?? []
  return `bound ${[part(bound?.target, 'target'), part(bound?.receiver, 'this'), ...args].join()}`
}

/** Code of a package counts by the package's version, but for what its inner scopes hold. */
function describeInner(reached: Reached, register: Register): string {
  let text = ''
  for (const { name, value, read } of innerValues(reached, register.leftOut)) {
    if (isExports(value)) continue
    text += `\ninner ${name} ${register.textOf(targetOf(value, name, read), reached)}`
  }
  return text
}

/**
 * Of code of Node's, only what it wraps is followed: the function that was handed to `promisify`. The rest of what it holds is
 * another in each version of Node, and so are its names.
 */
function describeWrapped(reached: Reached, register: Register): string {
  const wrapped = innerValues(reached, register.leftOut).flatMap(({ value, name, read }) =>
    typeof value === 'function' && isOfProgram(value, register) ? [targetOf(value, name, read)] : [],
  )
  if (wrapped.length === 0) return ` ${nameOf(reached.fn)}`
  return wrapped.map(target => ` ${register.textOf(target, reached)}`).join('')
}

function isOfProgram(fn: AnyFunction, { inspector }: Register): boolean {
  if (isNative(fn) || knownNameOf(fn) !== undefined) return false
  const [inside] = inspector.read([fn])
  return placeOf(inside, inspector).is !== 'node'
}

interface InnerValue {
  readonly name: string
  readonly value: unknown
  readonly read: Reread
}

/** What the function mentions of what its inner scopes hold. */
function innerValues({ inside, fn }: Reached, leftOut: LeftOut): readonly InnerValue[] {
  const inner = innerScopes(inside)
  if (inner.length === 0) return []
  const { holes, words } = formOf(fn)
  const scriptId = inside.location?.scriptId ?? ''
  return [...new Set([...holes.map(hole => hole.name), ...words])].flatMap(name => {
    const scope = inner.find(({ variables }) => name in variables)
    if (scope === undefined) return []
    const value = scope.variables[name]
    if (leftOut.hasVariable({ name, scriptId, scope, value })) return []
    const read: Reread = now => now.scopes.find(({ variables }) => name in variables)?.variables[name]
    return [{ name, value, read }]
  })
}

/** What a package exports is the package itself. */
function isExports(value: unknown): boolean {
  return isObject(value) && ownValue(value, '__esModule') === true
}

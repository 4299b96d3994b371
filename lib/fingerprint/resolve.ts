import { types } from 'node:util'
import type { Inside } from '../base/inspector.ts'
import { isObject } from '../base/is-object.ts'
import { isOwnTool } from '../base/own-tool.ts'
import { ownValue } from '../base/own-value.ts'
import { builtinName } from '../keys/builtins.ts'
import { unwrapped } from '../keys/source.ts'
import type { FindingKind } from './findings.ts'
import { isKnownNamespace, knownNameOf } from './known-names.ts'
import { type Found, globalObjectOf, isOfModule, lookUp } from './look-up.ts'
import { isNamespaceLike, memberOf, membersOf } from './namespaces.ts'
import type { Hole } from './normal-form/normal-form.ts'
import { proxyTarget } from './proxy-target.ts'
import type { Target } from './targets.ts'

/** What stands where a free name stood; `consumed`: so many of the members after it are part of that. */
export interface Resolved {
  readonly target: Target
  readonly consumed: number
  /** What is there, by the names that people know: `Date.now`. */
  readonly known?: string
  readonly finding?: FindingKind
}

/** `a.b.c`. */
type Chain = Pick<Hole, 'name' | 'members'>

/** Where a chain of names leads, as far as it goes through namespaces. */
interface End {
  readonly found: Found
  readonly value: unknown
  readonly consumed: number
  /** The namespace that the last member was read from. */
  readonly through: object | undefined
}

/**
 * What the free name of `hole` stands for in a function with this inside. Namespaces are gone through: `ns.load`, `load`
 * imported from the same module, and what compilers make of both, are the same target.
 */
export function resolve(hole: Chain, inside: Inside): Resolved {
  const end = follow(hole, inside)
  const { found, value, consumed } = end
  const label = labelOf(hole, consumed)
  switch (found.is) {
    case 'missing':
      return { target: text(`<missing ${hole.name}>`), consumed: 0 }
    case 'too-early':
      return { target: text(`<too early ${label}>`), consumed, finding: 'tdz' }
    case 'accessor':
      return { target: text(hole.name), consumed: 0, known: hole.name }
    case 'variable': {
      const word = wordOfModule(hole.name, end)
      if (word !== undefined) return word
      break
    }
    default:
      if (!isObject(value)) return globalValue(hole, value, consumed)
  }
  const read = (now: Inside) => follow(hole, now).value
  const target = targetOf(value, label, read, globalObjectOf(inside))
  const known = target.is === 'text' ? { known: target.text } : {}
  return { target, consumed, ...known }
}

/** What `value` is to a function that holds it. `label`: what it is called there. */
export function targetOf(
  value: unknown,
  label: string,
  read: (inside: Inside) => unknown,
  globalObject?: object,
): Target {
  if (!isObject(value) || types.isProxy(value)) return { is: 'value', value, label, read }
  const known = knownNameOf(value, globalObject)
  if (known !== undefined) return text(known)
  if (isOwnTool(value)) return text('<cache>')
  if (typeof value === 'function') return { is: 'function', fn: unwrapped(value), label }
  if (isNamespaceLike(value, proxyTarget)) return manyOf(value, label)
  return { is: 'value', value, label, read }
}

/** All members of a namespace that is used as a whole. */
export function manyOf(namespace: object, label: string, within: readonly object[] = []): Target {
  const around = [...within, namespace]
  const members = membersOf(namespace, proxyTarget).map((name): readonly [string, Target] => {
    const { value } = valueOfMember(namespace, name)
    const inner = `${label}.${name}`
    const isInner = isObject(value) && typeof value !== 'function' && isNamespaceLike(value, proxyTarget)
    if (!isInner || knownNameOf(value) !== undefined)
      return [name, targetOf(value, inner, () => valueOfMember(namespace, name).value)]
    // A namespace within a namespace may hold the outer one.
    const depth = around.indexOf(value)
    return [name, depth < 0 ? manyOf(value, inner, around) : text(`<namespace ${depth}>`)]
  })
  return { is: 'many', members }
}

function follow({ name, members }: Chain, inside: Inside): End {
  const globalObject = globalObjectOf(inside)
  let found = lookUp(name, inside)
  let value = 'value' in found ? found.value : undefined
  let consumed = 0
  let through: object | undefined
  const [first, ...others] = members
  if (first !== undefined && isObject(value) && isGlobalObject(value, globalObject)) {
    const end = follow({ name: first, members: others }, { ...inside, scopes: globalScope(inside) })
    return { ...end, consumed: end.consumed + 1 }
  }
  // `module.exports.x` is what `exports.x` is.
  if (name === 'module' && members[0] === 'exports' && isModuleObject(value)) {
    value = ownValue(value, 'exports')
    consumed = 1
  }
  while (consumed < members.length && isObject(value)) {
    const member = members[consumed] as string
    if (isKnownNamespace(value, globalObject)) {
      const next = ownValue(value, member)
      // What a program has added to `process` is its own; `Math.PI` is the language's.
      const isOfNode = isObject(next) && knownNameOf(next, globalObject) !== undefined
      if (!isOfNode && typeof next !== 'function' && !isAdded(value, member)) break
      value = next
    } else if (typeof value !== 'function' && isNamespaceLike(value, proxyTarget)) {
      const next = valueOfMember(value, member)
      if (next.isTooEarly) found = { is: 'too-early' }
      through = value
      value = next.value
    } else break
    consumed += 1
  }
  return { found, value, consumed, through }
}

/** Whether a program has put it there: what the language itself has is hidden from `Object.keys`. */
function isAdded(owner: object, member: string): boolean {
  const isOfLanguage = builtinName(owner) !== undefined && member !== 'stackTraceLimit'
  return isOfLanguage && Object.prototype.propertyIsEnumerable.call(owner, member)
}

/** `globalThis.rate` is what `rate` is where no variable is called so. */
function isGlobalObject(value: object, globalObject: object): boolean {
  return value === globalThis || value === globalObject
}

function globalScope({ scopes }: Inside): Inside['scopes'] {
  return scopes.filter(({ kind }) => kind === 'global')
}

function valueOfMember(
  namespace: object,
  name: string,
): { readonly value: unknown; readonly isTooEarly: boolean } {
  const member = memberOf(namespace, name, proxyTarget)
  return member.found
    ? { value: member.value, isTooEarly: false }
    : { value: undefined, isTooEarly: member.tdz === true }
}

/** The namespace that a called function is a member of, where it may be its `this`. */
export function receiverOf(hole: Hole, inside: Inside): object | undefined {
  const { through, consumed } = follow(hole, inside)
  const isWhole = hole.use === 'call' && consumed === hole.members.length
  return isWhole && through !== undefined && !isModuleNamespace(through) ? through : undefined
}

function isModuleNamespace(value: object): boolean {
  return ownValue(value, Symbol.toStringTag) === 'Module'
}

/** The variables that every CommonJS module has: their values hold the paths of files. */
function wordOfModule(name: string, { found, consumed }: End): Resolved | undefined {
  if (found.is !== 'variable' || consumed > 0) return undefined
  const { value } = found
  if (name === 'require' && isObject(value) && isObject(ownValue(value, 'cache')))
    return { target: text('<require>'), consumed: 0 }
  if (name === 'module' && isModuleObject(value)) return { target: text('<module>'), consumed: 0 }
  if ((name === '__filename' || name === '__dirname') && typeof value === 'string' && isOfModule(found.scope))
    return { target: text(`<${name}>`), consumed: 0, finding: 'location' }
  return undefined
}

function isModuleObject(value: unknown): value is object {
  return (
    isObject(value) &&
    typeof ownValue(value, 'filename') === 'string' &&
    'exports' in value &&
    'paths' in value
  )
}

const CONSTANTS: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity'])

function globalValue(hole: Chain, value: unknown, consumed: number): Resolved {
  const { name } = hole
  if (CONSTANTS.has(name)) return { target: text(name), consumed: 0 }
  const read = (now: Inside) => follow(hole, now).value
  return { target: { is: 'value', value, label: name, read }, consumed }
}

function labelOf({ name, members }: Chain, consumed: number): string {
  return consumed === 0 ? name : (members[consumed - 1] as string)
}

function text(words: string): Target {
  return { is: 'text', text: words }
}

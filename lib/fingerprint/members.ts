import { types } from 'node:util'
import { isObject } from '../base/is-object.ts'
import { ownValue } from '../base/own-value.ts'
import { type AnyFunction, isNative, nameOf, ORIGINAL, sourceOf } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import { knownNameOf } from './known-names.ts'
import type { Reached, Register } from './reached.ts'
import { targetOf } from './resolve.ts'

/** Own properties that every function has, and what a cached function has besides. */
const OF_FUNCTIONS: ReadonlySet<PropertyKey> = new Set([
  'length',
  'name',
  'prototype',
  'arguments',
  'caller',
  ORIGINAL,
])

/**
 * What belongs to a function or class besides its text: what it extends, its own properties (static fields), and what
 * was put on its prototype from outside.
 */
export function describeMembers(reached: Reached, register: Register): string {
  const { fn } = reached
  const parent: unknown = Object.getPrototypeOf(fn)
  const prototype = ownValue(fn, 'prototype')
  return [
    isOwnParent(parent)
      ? `\nextends ${register.textOf(
          targetOf(parent, labelOf(parent), () => parent),
          reached,
        )}`
      : '',
    describeProperties(fn, reached, register),
    isObject(prototype) ? describePrototype(prototype, reached, register) : '',
  ].join('')
}

function describePrototype(prototype: object, reached: Reached, register: Register): string {
  // A look at it would run its traps.
  if (types.isProxy(prototype))
    return `\nprototype ${register.textOf(
      targetOf(prototype, 'prototype', () => prototype),
      reached,
    )}`
  const own = describeProperties(prototype, reached, register)
  const names = Reflect.ownKeys(prototype)
    .map(String)
    .filter(name => name !== 'constructor')
  // Some are computed: the text does not tell them.
  const keys = names.length === 0 ? '' : `\nmembers ${JSON.stringify(names.sort())}`
  const above: unknown = Object.getPrototypeOf(prototype)
  const inherited = isObject(above) ? inheritedBy(above, reached.fn) : undefined
  if (inherited === undefined) return keys + own
  const target = targetOf(inherited, labelOf(inherited), () => inherited)
  return `${keys}${own}\ninherits ${register.textOf(target, reached)}`
}

/** What a class extends is said already; before there were classes, only the prototypes told: a class, or any object. */
function inheritedBy(above: object, fn: AnyFunction): object | undefined {
  const owner = ownValue(above, 'constructor')
  if (owner === Object.getPrototypeOf(fn)) return undefined
  if (typeof owner === 'function' && ownValue(owner, 'prototype') === above)
    return isOwnParent(owner) ? owner : undefined
  return knownNameOf(above) === undefined && !isOfLanguage(above) ? above : undefined
}

/** Functions have what they inherit from of the language, unless they are classes or somebody gave them another. */
function isOwnParent(parent: unknown): parent is object {
  if (!isObject(parent)) return false
  if (types.isProxy(parent)) return true
  if (typeof parent !== 'function') return !isOfLanguage(parent)
  // The most of them by far: without the table of all names, which takes its time to make.
  if (parent === Function.prototype || parent === Object) return false
  if (knownNameOf(parent) === 'Object') return false
  // `Function.prototype`, that of another realm too.
  return !(isNative(parent) && nameOf(parent) === '')
}

/** What functions and generators inherit from; where intrinsics are frozen, these do not tell by a `constructor`. */
const OF_THIS_REALM: ReadonlySet<unknown> = new Set(
  [async () => {}, function* () {}, async function* () {}].flatMap(fn => [
    Object.getPrototypeOf(fn),
    fn.prototype && Object.getPrototypeOf(fn.prototype),
  ]),
)

/** `AsyncFunction.prototype`, what generators inherit from; those of other realms are told by their constructor or tag. */
function isOfLanguage(parent: object): boolean {
  if (OF_THIS_REALM.has(parent)) return true
  const tag = ownValue(parent, Symbol.toStringTag)
  if (tag === 'Generator' || tag === 'AsyncGenerator') return true
  const owner = ownValue(parent, 'constructor')
  return typeof owner === 'function' && isNative(owner) && ownValue(owner, 'prototype') === parent
}

function labelOf(parent: object): string {
  return (typeof parent === 'function' && nameOf(parent)) || 'extends'
}

function describeProperties(object: object, reached: Reached, register: Register): string {
  const isStatic = object === reached.fn
  let text = ''
  for (const key of Reflect.ownKeys(object).sort(byName)) {
    if (isStatic ? OF_FUNCTIONS.has(key) : key === 'constructor') continue
    const property = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    const label = isStatic ? String(key) : `prototype.${String(key)}`
    if (register.leftOut.hasObject(object, key)) {
      register.note('mutates', `${reached.path} > ${label}`)
      continue
    }
    for (const [part, kind] of PARTS) {
      const value: unknown = property[part]
      if (!(part in property) || (part !== 'value' && value === undefined)) continue
      const member = memberIn(reached.fn, { key, kind, isStatic, value })
      if (member === 'said') continue
      text += `\n${part} ${label} `
      const read = () => Object.getOwnPropertyDescriptor(object, key)?.[part]
      text += member ?? register.textOf(targetOf(value, label, read), reached)
    }
  }
  return text
}

const PARTS = [
  ['value', 'method'],
  ['get', 'get'],
  ['set', 'set'],
] as const

interface Property {
  readonly key: string | symbol
  readonly kind: 'method' | 'get' | 'set'
  readonly isStatic: boolean
  readonly value: unknown
}

/**
 * 'said' for a member of a class that its text tells all about; of one whose name was computed, its number among the
 * members; undefined for what was put there in another way.
 */
function memberIn(fn: AnyFunction, { key, kind, isStatic, value }: Property): string | undefined {
  if (typeof value !== 'function' || types.isProxy(value)) return undefined
  const source = sourceOf(value)
  const number = formOf(fn).members.findIndex(
    member =>
      member.kind === kind &&
      member.isStatic === isStatic &&
      member.source === source &&
      (member.key === undefined || member.key === key),
  )
  if (number < 0) return undefined
  return formOf(fn).members[number]?.key === undefined ? `member ${number}` : 'said'
}

function byName(a: string | symbol, b: string | symbol): number {
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

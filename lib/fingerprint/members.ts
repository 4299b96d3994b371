import { type AnyFunction, isNative, nameOf, ORIGINAL, sourceOf } from '../keys/source.ts'
import { knownNameOf } from './known-names.ts'
import { isObject, ownValue } from './look-up.ts'
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
          targetOf(parent, nameOf(parent) || 'extends', () => parent),
          reached,
        )}`
      : '',
    describeProperties(fn, '', reached, register),
    isObject(prototype) ? describePrototype(prototype, reached, register) : '',
  ].join('')
}

function describePrototype(prototype: object, reached: Reached, register: Register): string {
  const own = describeProperties(prototype, 'prototype.', reached, register)
  const names = Reflect.ownKeys(prototype)
    .map(String)
    .filter(name => name !== 'constructor')
  // Some are computed: the text does not tell them.
  const keys = names.length === 0 ? '' : `\nmembers ${JSON.stringify(names.sort())}`
  const above: unknown = Object.getPrototypeOf(prototype)
  const owner = isObject(above) ? ownValue(above, 'constructor') : undefined
  // What a class extends is said already; before there were classes, only the prototypes told.
  const isSaid = owner === Object.getPrototypeOf(reached.fn) || !isOwnParent(owner)
  const inherited = isSaid
    ? ''
    : `\ninherits ${register.textOf(
        targetOf(owner, nameOf(owner), () => owner),
        reached,
      )}`
  return keys + own + inherited
}

function isOwnParent(parent: unknown): parent is AnyFunction {
  if (typeof parent !== 'function' || knownNameOf(parent) === 'Object') return false
  // `Function.prototype`, that of another realm too.
  return !(isNative(parent) && nameOf(parent) === '')
}

function describeProperties(object: object, prefix: string, reached: Reached, register: Register): string {
  const source = sourceOf(reached.fn)
  const isInText = (value: unknown) => typeof value === 'function' && source.includes(sourceOf(value))
  let text = ''
  for (const key of Reflect.ownKeys(object).sort(byName)) {
    if (OF_FUNCTIONS.has(key) && prefix === '') continue
    if (key === 'constructor' && prefix !== '') continue
    const property = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    const label = prefix + String(key)
    if (register.leftOut.hasObject(object, key)) {
      register.note('mutates', `${reached.path} > ${label}`)
      continue
    }
    for (const part of ['value', 'get', 'set'] as const) {
      const value: unknown = property[part]
      if (!(part in property) || (part !== 'value' && value === undefined) || isInText(value)) continue
      const read = () => Object.getOwnPropertyDescriptor(object, key)?.[part]
      text += `\n${part} ${label} ${register.textOf(targetOf(value, label, read), reached)}`
    }
  }
  return text
}

function byName(a: string | symbol, b: string | symbol): number {
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

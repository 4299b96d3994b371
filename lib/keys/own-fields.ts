import { types } from 'node:util'
import { propertyStep } from '../base/property-step.ts'
import { typeName } from '../base/type-name.ts'
import { symbolName } from './atoms.ts'
import { NO_POLICY, type Reading } from './encoding.ts'
import { Refusal } from './refusal.ts'
import type { AnyFunction } from './source.ts'

export interface OwnFields {
  /** In the order of UTF-16 code units; symbols after strings. */
  readonly names: readonly (string | symbol)[]
  readonly values: readonly unknown[]
}

/** Stands among the values of an object for a property that is code to run. */
export class AccessorCode {
  readonly get: AnyFunction | undefined
  readonly set: AnyFunction | undefined

  constructor(property: PropertyDescriptor) {
    this.get = property.get
    this.set = property.set
  }
}

/** Which own properties are no fields. */
export type Skip = 'strings' | ((name: string | symbol) => boolean)

/**
 * The own properties of `object`, the enumerable ones or all as `reading` says, but those for which `skip` holds, sorted by name. `skip: 'strings'`
 * leaves all but symbols out, without listing the million indices of an array. An accessor is never run. It and a unique
 * symbol are refused, with a `Refusal`, unless `reading` says otherwise.
 */
export function ownFields(object: object, skip?: Skip, reading: Reading = NO_POLICY): OwnFields {
  let names: (string | symbol)[] = skip === 'strings' ? [] : namesOf(object, reading)
  if (typeof skip === 'function') names = names.filter(name => !skip(name))
  if (names.length > 1) names.sort()
  if (Object.getOwnPropertySymbols(object).length > 0) names = names.concat(symbolsOf(object, skip, reading))
  const { leftOut } = reading
  if (leftOut !== undefined) names = names.filter(name => !leftOut.has(name as string))
  return { names, values: names.map(name => fieldOf(object, name, reading)) }
}

function namesOf(object: object, { hidden }: Reading): string[] {
  return hidden ? Object.getOwnPropertyNames(object) : Object.keys(object)
}

function fieldOf(object: object, name: string | symbol, reading: Reading): unknown {
  const property = Object.getOwnPropertyDescriptor(object, name) as PropertyDescriptor
  if (property.get === undefined && property.set === undefined) return property.value
  if (reading.accessors === 'code') return new AccessorCode(property)
  throw accessor(propertyStep(name))
}

export function accessor(step: string): Refusal {
  return new Refusal('accessor', 'is code to run, not a value', step)
}

function symbolsOf(object: object, skip: Skip | undefined, { uniqueSymbols, hidden }: Reading): symbol[] {
  const symbols = Object.getOwnPropertySymbols(object).filter(
    symbol =>
      (hidden || Object.prototype.propertyIsEnumerable.call(object, symbol)) &&
      !(typeof skip === 'function' && skip(symbol)),
  )
  if (uniqueSymbols === 'refuse') {
    for (const symbol of symbols) {
      if (symbolName(symbol) === undefined)
        throw new Refusal(
          typeName(object),
          `has a property under a unique symbol (${String(symbol)}), so it has no stable identity`,
        )
    }
  }
  return symbols.length < 2 ? symbols : symbols.sort(inOrder)
}

function inOrder(a: symbol, b: symbol): number {
  const left = sortName(a)
  const right = sortName(b)
  return left === right ? 0 : left < right ? -1 : 1
}

// A registered symbol may have the description of a well-known one, and a unique one that of either.
function sortName(symbol: symbol): string {
  if (Symbol.keyFor(symbol) !== undefined) return `r${Symbol.keyFor(symbol)}`
  return symbolName(symbol) === undefined ? `u${symbol.description}` : `w${symbolName(symbol)}`
}

/**
 * The value of the nearest data property `name` along the prototypes of `object`, or `absent`. Runs no getter: an own
 * one counts as `reading` says, one of a class is code of the class, so that `absent` is all there is to say of this instance.
 */
export function inheritedData(
  object: object,
  name: string,
  absent: symbol,
  reading: Reading = NO_POLICY,
): unknown {
  for (let owner: object | null = object; owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (types.isProxy(owner)) return absent
    const property = Object.getOwnPropertyDescriptor(owner, name)
    if (property === undefined) continue
    return owner === object ? fieldOf(object, name, reading) : 'value' in property ? property.value : absent
  }
  return absent
}

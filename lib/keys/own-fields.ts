import { symbolName } from './atoms.ts'
import { propertyStep, Refusal, typeName } from './refusal.ts'

export interface OwnFields {
  /** In the order of UTF-16 code units; symbols after strings. */
  readonly names: readonly (string | symbol)[]
  readonly values: readonly unknown[]
}

/** Which own properties are no fields. */
export type Skip = 'strings' | ((name: string) => boolean)

/**
 * The own enumerable data properties of `object` but those for which `skip` holds, sorted by name. `skip: 'strings'`
 * leaves all but symbols out, without listing the million indices of an array. Throws a `Refusal` for an accessor, which is never run, and for a unique symbol.
 */
export function ownFields(object: object, skip?: Skip): OwnFields {
  let names: (string | symbol)[] = skip === 'strings' ? [] : Object.keys(object)
  if (typeof skip === 'function') names = names.filter(name => !skip(name as string))
  if (names.length > 1) names.sort()
  if (Object.getOwnPropertySymbols(object).length > 0) names = names.concat(enumerableSymbols(object))
  return { names, values: names.map(name => dataField(object, name)) }
}

/** The value of an own data property. */
function dataField(object: object, name: string | symbol): unknown {
  const property = Object.getOwnPropertyDescriptor(object, name) as PropertyDescriptor
  if (property.get !== undefined || property.set !== undefined) throw accessor(propertyStep(name))
  return property.value
}

export function accessor(step: string): Refusal {
  return new Refusal('accessor', 'is code to run, not a value', step)
}

function enumerableSymbols(object: object): symbol[] {
  const symbols = Object.getOwnPropertySymbols(object).filter(symbol =>
    Object.prototype.propertyIsEnumerable.call(object, symbol),
  )
  for (const symbol of symbols) {
    if (symbolName(symbol) === undefined)
      throw new Refusal(
        typeName(object),
        `has a property under a unique symbol (${String(symbol)}), so it has no stable identity`,
      )
  }
  return symbols.sort((a, b) => (sortName(a) < sortName(b) ? -1 : 1))
}

// A registered symbol may have the description of a well-known one.
function sortName(symbol: symbol): string {
  return `${Symbol.keyFor(symbol) === undefined ? 'w' : 'r'}${symbolName(symbol)}`
}

/**
 * The value of the nearest data property `name` along the prototypes of `object`, or `absent`. Runs no getter: an own
 * one is refused, one of a class is code of the class, so that `absent` is all there is to say of this instance.
 */
export function inheritedData(object: object, name: string, absent: symbol): unknown {
  for (let owner: object | null = object; owner !== null; owner = Object.getPrototypeOf(owner)) {
    const property = Object.getOwnPropertyDescriptor(owner, name)
    if (property === undefined) continue
    if ('value' in property) return property.value
    if (owner === object) throw accessor(propertyStep(name))
    return absent
  }
  return absent
}

import { CacheError } from '../base/errors.ts'
import { type Registration, registrationNamed } from './class-registry.ts'
import { strip } from './error-values.ts'
import { BASE, type Base } from './extensions.ts'
import { fillArray, fillErrorProperties, fillItems, fillPairs, fillProperties } from './raise-properties.ts'
import { countAt, damaged, expectSize, type Marker, type Raising, textAt } from './raising.ts'

/** An instance of the class that the marker names, without its contents. Its constructor is not run. */
export function instanceShell(node: Marker): object {
  const { cls, name, base, custom } = registered(textAt(node, 1))
  if (custom !== undefined || base !== node[2]) throw changed(name)
  return SHELLS[base](cls as unknown as Constructor)
}

export function fillInstance(raising: Raising, node: Marker, instance: object): void {
  const base = node[2] as Base
  if (base === BASE.ERROR) fillErrorProperties(raising, node, 3, instance)
  else if (base === BASE.ARRAY) fillArray(raising, node, 3, instance as unknown[])
  else {
    const start = 4
    const end = start + 2 * countAt(node, 3)
    if (end > node.length) throw damaged('an instance is damaged')
    fillProperties(raising, node, { start, end }, instance)
    if (base === BASE.MAP) fillPairs(raising, node, end, instance as Map<unknown, unknown>)
    else if (base === BASE.SET) fillItems(raising, node, end, instance as Set<unknown>)
    else expectSize(node, end)
  }
}

/** The instance that a class's own `decode` makes of the state. All that the state refers to is complete. */
export function raiseCustom(raising: Raising, node: readonly unknown[]): unknown {
  expectSize(node, 3)
  const { name, custom } = registered(textAt(node, 1))
  if (custom === undefined) throw changed(name)
  const state = raising.build(raising, node[2])
  try {
    return custom.decode(state)
  } catch (cause) {
    throw new CacheError(
      'ERR_CACHE_UNDECODABLE',
      `Cannot restore an instance of ${name}: its decode() threw. Its error is the cause of this one.`,
      { details: { name }, cause },
    )
  }
}

type Constructor = new (...args: never) => object

// Each made by the built-in constructor alone, with the prototype of the class.
const SHELLS: Readonly<Record<Base, (cls: Constructor) => object>> = {
  [BASE.OBJECT]: cls => Object.create(cls.prototype as object) as object,
  [BASE.MAP]: cls => Reflect.construct(Map, [], cls),
  [BASE.SET]: cls => Reflect.construct(Set, [], cls),
  [BASE.ARRAY]: cls => Reflect.construct(Array, [], cls) as object,
  [BASE.ERROR]: cls => strip(Reflect.construct(Error, [], cls)),
}

function registered(name: string): Registration {
  const registration = registrationNamed(name)
  if (registration !== undefined) return registration
  throw new CacheError(
    'ERR_CACHE_UNDECODABLE',
    `Cannot restore an instance of ${name}: no class of that name is known here. Call registerClass(${name}) first.`,
    { details: { name } },
  )
}

function changed(name: string): CacheError {
  return new CacheError(
    'ERR_CACHE_UNDECODABLE',
    `Cannot restore an instance of ${name}: it was kept in another way than its registration now asks for. ` +
      'Register the class as it was then, or let the value be computed again.',
    { details: { name } },
  )
}

import { types } from 'node:util'

/** The value of an own data property; no getter is run, nor a trap of a Proxy. */
export function ownValue(object: object, name: PropertyKey): unknown {
  return types.isProxy(object) ? undefined : Object.getOwnPropertyDescriptor(object, name)?.value
}

/** The nearest data property along the prototypes, up to a Proxy. */
export function inheritedValue(object: object, name: PropertyKey): unknown {
  for (
    let owner: object | null = object;
    owner !== null && !types.isProxy(owner);
    owner = Object.getPrototypeOf(owner)
  ) {
    const property = Object.getOwnPropertyDescriptor(owner, name)
    if (property !== undefined) return property.value
  }
  return undefined
}

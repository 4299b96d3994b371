import { type Place, unencodable } from './place.ts'

/** A property as it can be kept: text as key, a value instead of code. */
export interface OwnProperty {
  readonly key: string
  readonly value: unknown
  readonly enumerable: boolean
}

/** The own property `key` of `object`, which lies at `parent`. Throws on symbols and accessors, runs neither. */
export function ownProperty<P extends Place>(parent: P, object: object, key: PropertyKey): OwnProperty {
  const property = Object.getOwnPropertyDescriptor(object, key)
  const place: Place = { parent, via: 'property', step: key }
  if (typeof key !== 'string') {
    throw unencodable(place, {
      type: 'symbol',
      because: 'its key is a symbol, which cannot be restored',
      todo: 'Use a string as the key, or leave it out of the value.',
    })
  }
  if (property === undefined || !('value' in property)) {
    throw unencodable(place, {
      type: 'accessor',
      because: 'it is an accessor, and its code cannot be restored',
      todo: 'Make it a plain property, or leave it out of the value.',
    })
  }
  return { key, value: property.value, enumerable: property.enumerable === true }
}

/** `ownProperty` where hidden properties have no place either. */
export function visibleProperty<P extends Place>(parent: P, object: object, key: PropertyKey): OwnProperty {
  const property = ownProperty(parent, object, key)
  if (property.enumerable) return property
  throw unencodable(
    { parent, via: 'property', step: key },
    {
      type: 'hidden property',
      because: 'it is not enumerable, which would be lost',
      todo: 'Make it enumerable, or leave it out of the value.',
    },
  )
}

const NONE: ReadonlySet<string> = new Set()

/** Throws if `object`, of the built-in class `type`, has own properties besides `expected`. */
export function refuseOwnProperties(
  place: Place,
  object: object,
  type: string,
  expected: ReadonlySet<string> = NONE,
): void {
  for (const key of Reflect.ownKeys(object)) {
    if (typeof key === 'string' && expected.has(key)) continue
    throw refuseOwnProperty(place, key, type)
  }
}

export function refuseOwnProperty(parent: Place, key: PropertyKey, type: string): Error {
  return unencodable(
    { parent, via: 'property', step: key },
    {
      type: 'own property',
      because: `it is a property of its own on a ${type}, and those cannot be restored`,
      todo: `Keep it beside the ${type}, or leave it out of the value.`,
    },
  )
}

import { types } from 'node:util'
import { Refusal } from './refusal.ts'

/**
 * Under this symbol an object has a method, not enumerable, its own or that of its class, that says what the object counts
 * as: a string, asked for at each use. It is for files, which count by what is in them. Only who knows the symbol
 * has such a method, so that calling it runs no code that means something else.
 */
export const CONTENT: unique symbol = Symbol.for('cachedict.content')

/** What `value` says that it counts as; undefined where it says nothing. Throws a `Refusal` for what is no string. */
export function ownContentOf(value: object): string | undefined {
  const method = contentMethod(value)
  if (method === undefined) return undefined
  const content: unknown = method.call(value)
  if (typeof content === 'string') return content
  throw new Refusal('content', `is ${content === null ? 'null' : `of type ${typeof content}`}, not a string`)
}

function contentMethod(value: object): ((this: object) => unknown) | undefined {
  // A look at a Proxy among the prototypes would run its traps.
  for (
    let owner: object | null = value;
    owner !== null && !types.isProxy(owner);
    owner = Object.getPrototypeOf(owner)
  ) {
    const property = Object.getOwnPropertyDescriptor(owner, CONTENT)
    if (property === undefined) continue
    return typeof property.value === 'function' && !property.enumerable ? property.value : undefined
  }
  return undefined
}

import { types } from 'node:util'
import { ownValue } from './own-value.ts'

/** Under this symbol, the classes of this package say that their instances are no data: a dictionary, a store. */
export const OWN_TOOL: unique symbol = Symbol.for('cachedict.tool')

/** Whether `value` is a cache, or a part of one: what is read from it counts, and not what it is. */
export function isOwnTool(value: object): boolean {
  // Inherited data of our own prototypes; a Proxy's handler is not asked.
  for (
    let owner: object | null = value;
    owner !== null && !types.isProxy(owner);
    owner = Object.getPrototypeOf(owner)
  ) {
    if (ownValue(owner, OWN_TOOL) === true) return true
  }
  return false
}

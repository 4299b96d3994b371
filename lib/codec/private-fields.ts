import { hasPrivates } from '../base/private-names.ts'

/**
 * The class, `cls` or one it extends, whose instances hold private fields or methods, as far as its source tells.
 * Those live nowhere that a program could read or write from outside.
 */
export function privateOwner(cls: object): { readonly name: string } | undefined {
  for (let at: unknown = cls; typeof at === 'function' && at !== Function.prototype; ) {
    if (hasPrivates(Function.prototype.toString.call(at))) return at
    at = Object.getPrototypeOf(at)
  }
  return undefined
}

import type { Inside, Scope } from '../base/inspector.ts'
import { isOfModule } from './look-up.ts'

/** A scope with more variables is taken for that of a whole module, whatever it looks like. */
const MOST_VARIABLES = 200

/**
 * The scopes of code of a package that may hold what is the user's: the function that was handed to `partial` or
 * `promisify`, the number that was handed to `min`.
 */
export function innerScopes({ scopes }: Inside): readonly Scope[] {
  return scopes.filter(
    scope =>
      scope.kind !== 'global' &&
      scope.kind !== 'script' &&
      !isOfModule(scope) &&
      Object.keys(scope.variables).length <= MOST_VARIABLES,
  )
}

export function mayHoldUserData(inside: Inside): boolean {
  return innerScopes(inside).length > 0
}

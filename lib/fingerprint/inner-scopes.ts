import type { Inside, Scope } from '../base/inspector.ts'
import { isOfModule } from './look-up.ts'

/** A scope with more variables is taken for that of a whole module, whatever it looks like. */
const MOST_VARIABLES = 200

/**
 * The scopes of code of a package that may hold what is the user's: the function that was handed to `partial` or
 * `promisify`, the number that was handed to `min`. What lies around a whole module is the package's own.
 */
export function innerScopes({ scopes }: Inside): readonly Scope[] {
  const end = scopes.findIndex(isOuter)
  return end === -1 ? scopes : scopes.slice(0, end)
}

export function mayHoldUserData(inside: Inside): boolean {
  return innerScopes(inside).length > 0
}

function isOuter(scope: Scope): boolean {
  const { kind, variables } = scope
  return (
    kind === 'global' ||
    kind === 'script' ||
    isOfModule(scope) ||
    Object.keys(variables).length > MOST_VARIABLES
  )
}

import type { Inside, Scope } from '../base/inspector.ts'

/** What a free name of a function stands for. */
export type Found =
  | { readonly is: 'variable'; readonly scope: Scope; readonly value: unknown }
  | { readonly is: 'global'; readonly value: unknown }
  /** A global with a getter, which is never run. */
  | { readonly is: 'accessor' }
  /** Its declaration was not reached yet. */
  | { readonly is: 'too-early' }
  | { readonly is: 'missing' }

/** Finds the variable `name` as V8 would: in the innermost scope that has it, else among the globals. */
export function lookUp(name: string, { scopes }: Pick<Inside, 'scopes'>): Found {
  for (const scope of scopes) {
    if (scope.kind === 'global' || !(name in scope.variables)) continue
    try {
      return { is: 'variable', scope, value: scope.variables[name] }
    } catch {
      // From Node 22 on, V8 says so; before, the value is undefined.
      return { is: 'too-early' }
    }
  }
  const property = Object.getOwnPropertyDescriptor(globalObjectOf({ scopes }), name)
  if (property === undefined) return { is: 'missing' }
  return 'value' in property ? { is: 'global', value: property.value } : { is: 'accessor' }
}

/** The global object of the realm that a function is of: `node:vm` and some test runners make more than one. */
export function globalObjectOf({ scopes }: Pick<Inside, 'scopes'>): object {
  return scopes.find(({ kind }) => kind === 'global')?.variables ?? globalThis
}

const OF_COMMONJS = ['exports', 'require', 'module', '__filename', '__dirname']

/** Whether `scope` is that of a whole module. V8 tells only of variables that some function captures. */
export function isOfModule({ kind, variables }: Scope): boolean {
  return kind === 'module' || (kind === 'closure' && OF_COMMONJS.some(name => name in variables))
}

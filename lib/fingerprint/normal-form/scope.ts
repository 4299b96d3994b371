/** A local variable, or a label. */
export interface Binding {
  /** What stands for it in the text; undefined until it is mentioned. */
  label: string | undefined
  /** 'parameter' is one of the function whose normal form is made; 'self' is its own name. */
  readonly role: 'local' | 'parameter' | 'self'
}

/** Whose `this` a piece of code sees: that of the function itself, one from around it, or that of a function in it. */
export type ThisOf = 'self' | 'outside' | 'inner'

/** The names that are visible in a piece of code. */
export interface Scope {
  readonly names: Map<string, Binding>
  /**
   * Functions that are declared in blocks. In sloppy code their names are variables of the whole function too, in strict
   * code they are not, and a text does not tell which it is.
   */
  readonly hoisted: Map<string, Binding> | undefined
  readonly parent: Scope | undefined
  readonly thisOf: ThisOf
  readonly isStrict: boolean
}

/** What a name means. Of 'either', the local variable in sloppy code, and in strict code what it means further out. */
export type Resolution =
  | { readonly kind: 'local'; readonly binding: Binding }
  | { readonly kind: 'either'; readonly binding: Binding; readonly otherwise: Resolution }
  | { readonly kind: 'free'; readonly binding?: undefined }

const FREE: Resolution = { kind: 'free' }

/** Looks `name` up from the innermost scope outwards. */
export function resolve(scope: Scope, name: string): Resolution {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const binding = at.names.get(name)
    if (binding !== undefined) return { kind: 'local', binding }
    const hoisted = at.hoisted?.get(name)
    if (hoisted !== undefined) return eitherOf(hoisted, name, at)
  }
  return FREE
}

function eitherOf(binding: Binding, name: string, { parent }: Scope): Resolution {
  const otherwise = parent === undefined ? FREE : resolve(parent, name)
  return { kind: 'either', binding, otherwise }
}

/** Whether a name may stand for a variable that is outside of the function, its own name among them. */
export function isOuter(resolution: Resolution): boolean {
  if (resolution.kind === 'either') return isOuter(resolution.otherwise)
  return resolution.kind === 'free' || resolution.binding.role === 'self'
}

/** A scope inside `parent`, which declares `names`. */
export function innerScope(
  parent: Scope,
  names: Iterable<string>,
  changes: Partial<Pick<Scope, 'hoisted' | 'thisOf' | 'isStrict'>> = {},
): Scope {
  const { thisOf, isStrict } = parent
  const scope: Scope = { names: new Map(), parent, hoisted: undefined, thisOf, isStrict, ...changes }
  for (const name of names) declare(scope, name)
  return scope
}

/** Declares `name` in `scope`; a name may be declared twice, as by `var`. */
export function declare(scope: Scope, name: string, role: Binding['role'] = 'local'): void {
  if (!scope.names.has(name)) scope.names.set(name, { label: undefined, role })
}

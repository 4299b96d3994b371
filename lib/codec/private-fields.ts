import { createRequire } from 'node:module'
import type * as Acorn from 'acorn'

// What TypeScript and esbuild write for `#field` where the target has no private names.
const LOWERED_PRIVATE =
  /\b(?:__classPrivateFieldSet|__classPrivateFieldGet|__privateAdd|__privateSet|__privateGet)\b/

/**
 * The class, `cls` or one it extends, whose instances hold private fields or methods, as far as its source tells.
 * Those live nowhere that a program could read or write from outside.
 */
export function privateOwner(cls: object): { readonly name: string } | undefined {
  for (let at: unknown = cls; typeof at === 'function' && at !== Function.prototype; ) {
    if (sourceHasPrivates(Function.prototype.toString.call(at))) return at
    at = Object.getPrototypeOf(at)
  }
  return undefined
}

function sourceHasPrivates(source: string): boolean {
  if (LOWERED_PRIVATE.test(source)) return true
  // Most classes have no '#' anywhere: the parser is not even loaded for them.
  if (!source.includes('#') || !/^class\b/.test(source)) return false
  const program = parse(`(${source})`)
  // What acorn cannot read is taken for private: asking for encode and decode is the safe answer.
  if (program === undefined) return true
  const statement = program.body[0]
  if (statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'ClassExpression')
    return true
  return statement.expression.body.body.some(
    member =>
      (member.type === 'PropertyDefinition' || member.type === 'MethodDefinition') &&
      !member.static &&
      member.key.type === 'PrivateIdentifier',
  )
}

function parse(source: string): Acorn.Program | undefined {
  const acorn = createRequire(import.meta.url)('acorn') as typeof Acorn
  try {
    return acorn.parse(source, { ecmaVersion: 'latest' })
  } catch {
    return undefined
  }
}

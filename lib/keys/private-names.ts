import type { ClassBody, ClassDeclaration, ClassExpression } from 'acorn'
import { acorn, PARSE_OPTIONS } from './acorn.ts'

/** What compilers make of `#fields` for older targets: WeakMaps that nobody else can read. */
const LOWERED =
  /__classPrivateField(?:Get|Set)|__privateAdd|_classPrivateField|_assertThisInitialized_private/

/** Whether compiled private fields, which cannot be read from outside, occur in the text of a class. */
export function hasLoweredPrivates(source: string): boolean {
  return LOWERED.test(source)
}

/**
 * The names of the private instance fields that the text of a class declares (`#x`), or undefined if it cannot be
 * parsed. Private methods and accessors are code, not state, and static ones do not belong to instances.
 */
export function privateFieldNames(source: string): readonly string[] | undefined {
  // Quick: most classes have no '#' at all, and need no parser.
  if (!source.includes('#')) return []
  const body = parseClass(source)
  if (body === undefined) return undefined
  const names: string[] = []
  for (const member of body.body) {
    if (member.type !== 'PropertyDefinition' || member.static) continue
    if (member.key.type === 'PrivateIdentifier') names.push(`#${member.key.name}`)
  }
  return names
}

function parseClass(source: string): ClassBody | undefined {
  let expression: ReturnType<ReturnType<typeof acorn>['parseExpressionAt']>
  try {
    expression = acorn().parseExpressionAt(`(${source})`, 0, PARSE_OPTIONS)
  } catch {
    return undefined
  }
  const isClass = expression.type === 'ClassExpression'
  return isClass ? (expression as ClassExpression | ClassDeclaration).body : undefined
}

import type { AnyNode, CallExpression, Statement, StaticBlock } from 'acorn'
import { resolve, type Scope } from './scope.ts'
import { stringIn } from './strings.ts'

/** What esbuild and tsx call to keep the names of functions: `__name(fn, "fn")` gives `fn`. Numbered in bundles. */
const NAMING = /^__name\d*$/

/** The function or class inside `__name(function () {}, "fn")`; undefined for other calls. */
export function namedByTool(node: AnyNode, scope: Scope): AnyNode | undefined {
  const given = namingArgument(node, scope)
  switch (given?.type) {
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
      return given
    case 'CallExpression':
      return namedByTool(given, scope) === undefined ? undefined : given
    default:
      return undefined
  }
}

/** Whether it is `__name(fn, "fn")` for a local declaration, which says nothing. */
export function isNaming(node: Statement, scope: Scope): boolean {
  if (node.type !== 'ExpressionStatement') return false
  const given = namingArgument(node.expression, scope)
  return given?.type === 'Identifier' && resolve(scope, given.name).kind !== 'free'
}

/** Whether it is `static { __name(this, "Class") }`. */
export function isNamingBlock({ body }: StaticBlock, scope: Scope): boolean {
  const [statement] = body
  if (body.length !== 1 || statement?.type !== 'ExpressionStatement') return false
  return namingArgument(statement.expression, scope)?.type === 'ThisExpression'
}

function namingArgument(node: AnyNode, scope: Scope): CallExpression['arguments'][number] | undefined {
  if (node.type !== 'CallExpression' || node.arguments.length !== 2 || node.callee.type !== 'Identifier')
    return undefined
  const [given, name] = node.arguments
  const { callee } = node
  const isNaming =
    NAMING.test(callee.name) && resolve(scope, callee.name).kind === 'free' && stringIn(name) !== undefined
  return isNaming ? given : undefined
}

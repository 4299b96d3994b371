import assert from 'node:assert/strict'
import { type Expression, parse } from 'acorn'
import { type TransformOptions, transformSync } from 'esbuild'

/** The source of a function after esbuild has read it and printed it in its own way. */
export function reprinted(source: string, options: TransformOptions): string {
  const { code } = transformSync(`reprinted = (${source}\n);`, { ...options, target: 'esnext' })
  const statement = parse(code, { ecmaVersion: 'latest' }).body.at(-1)
  assert.equal(statement?.type, 'ExpressionStatement')
  assert.equal(statement.expression.type, 'AssignmentExpression')
  const { start, end } = withoutName(statement.expression.right)
  return code.slice(start, end)
}

/** Of `__name(fn, "fn")`, what the running program has of it: `fn`. */
function withoutName(node: Expression): Expression {
  if (node.type !== 'CallExpression') return node
  const [fn] = node.arguments
  assert.ok(fn !== undefined && fn.type !== 'SpreadElement')
  return fn
}

import type { AnyNode, Statement } from 'acorn'
import { namesOfBlock } from './declared-names.ts'
import { isNaming } from './given-names.ts'
import type { Pen } from './pen.ts'
import { innerScope } from './scope.ts'

/** Writes a list of statements, without those that do nothing. */
export function writeStatements(statements: readonly Statement[], pen: Pen): void {
  pen.write('[')
  let isFirst = true
  for (const statement of statements) {
    if (isIdle(statement) || isNaming(statement, pen.scope)) continue
    if (!isFirst) pen.write(' ')
    isFirst = false
    pen.node(statement)
  }
  pen.write(']')
}

function isIdle({ type }: AnyNode): boolean {
  return type === 'EmptyStatement' || type === 'DebuggerStatement'
}

/** Writes statements that have a scope of their own. */
export function writeBlock(statements: readonly Statement[], pen: Pen): void {
  const names = namesOfBlock(statements)
  if (names.length === 0) writeStatements(statements, pen)
  else pen.within(innerScope(pen.scope, names), () => writeStatements(statements, pen))
}

/** Writes what a condition or a loop governs: one statement, or one in braces, is the same; so are none and nothing. */
export function writeBody(body: Statement | null | undefined, pen: Pen): void {
  if (body === null || body === undefined) pen.write('[]')
  else writeBlock(body.type === 'BlockStatement' ? body.body : [body], pen)
}

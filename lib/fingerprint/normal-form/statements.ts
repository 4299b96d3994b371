import { writeBlock, writeBody } from './bodies.ts'
import type { Rules } from './pen.ts'
import { writeTarget } from './targets.ts'

/** Statements that come one after the other. */
export const STATEMENTS: Rules = {
  ExpressionStatement: ({ expression, directive }, pen) => {
    if (directive === undefined) pen.group('do', [expression])
    else pen.write(`(directive ${JSON.stringify(directive)})`)
  },
  // One for each name: `let a, b` is `let a; let b`.
  VariableDeclaration: ({ kind, declarations }, pen) => {
    declarations.forEach(({ id, init }, i) => {
      pen.write(i === 0 ? `(${kind} ` : ` (${kind} `)
      writeTarget(id, pen)
      pen.nodes([init])
      pen.write(')')
    })
  },
  BlockStatement: ({ body }, pen) => {
    pen.write('(block ')
    writeBlock(body, pen)
    pen.write(')')
  },
  // In lists they are left out; behind a label they stay.
  EmptyStatement: (_node, pen) => pen.write('(empty)'),
  DebuggerStatement: (_node, pen) => pen.write('(empty)'),
  ReturnStatement: (node, pen) => pen.group('return', [node.argument]),
  ThrowStatement: (node, pen) => pen.group('throw', [node.argument]),
  WithStatement: ({ object, body }, pen) => {
    pen.notes.usesEval = true
    pen.write('(with')
    pen.nodes([object])
    pen.write(' ')
    writeBody(body, pen)
    pen.write(')')
  },
}

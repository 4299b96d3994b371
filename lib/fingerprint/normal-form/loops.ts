import type { AnyNode, ForInStatement, ForOfStatement } from 'acorn'
import { writeBody } from './bodies.ts'
import { namesOfDeclaration } from './declared-names.ts'
import type { Pen, Rules } from './pen.ts'
import { innerScope } from './scope.ts'
import { writeTarget } from './targets.ts'

export const LOOPS: Rules = {
  ForStatement: ({ init, test, update, body }, pen) => {
    withHead(init, pen, () => {
      pen.write('(for [')
      if (init) pen.node(init)
      pen.write(']')
      pen.nodes([test, update])
      pen.write(' ')
      writeBody(body, pen)
      pen.write(')')
    })
  },
  ForInStatement: (node, pen) => writeEach('for-in', node, pen),
  ForOfStatement: (node, pen) => writeEach(node.await ? 'for-await' : 'for-of', node, pen),
  WhileStatement: ({ test, body }, pen) => {
    pen.write('(while')
    pen.nodes([test])
    pen.write(' ')
    writeBody(body, pen)
    pen.write(')')
  },
  DoWhileStatement: ({ body, test }, pen) => {
    pen.write('(do-while ')
    writeBody(body, pen)
    pen.nodes([test])
    pen.write(')')
  },
}

function writeEach(head: string, { left, right, body }: ForInStatement | ForOfStatement, pen: Pen): void {
  withHead(left, pen, () => {
    pen.write(`(${head} `)
    if (left.type === 'VariableDeclaration') pen.node(left)
    else writeTarget(left, pen)
    pen.nodes([right])
    pen.write(' ')
    writeBody(body, pen)
    pen.write(')')
  })
}

/** The names in the head of a loop are visible in the head and the body. */
function withHead(head: AnyNode | null | undefined, pen: Pen, write: () => void): void {
  const names = head?.type === 'VariableDeclaration' && head.kind !== 'var' ? namesOfDeclaration(head) : []
  if (names.length === 0) write()
  else pen.within(innerScope(pen.scope, names), write)
}

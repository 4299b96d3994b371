import { writeBlock, writeBody, writeStatements } from './bodies.ts'
import { namesInPattern, namesOfBlock } from './declared-names.ts'
import { labelName, writeLabel } from './labels.ts'
import type { Rules } from './pen.ts'
import { innerScope } from './scope.ts'
import { writeTarget } from './targets.ts'

/** Statements that choose which others are run. */
export const BRANCHES: Rules = {
  IfStatement: ({ test, consequent, alternate }, pen) => {
    pen.write('(if')
    pen.nodes([test])
    pen.write(' ')
    writeBody(consequent, pen)
    pen.write(' ')
    writeBody(alternate, pen)
    pen.write(')')
  },
  SwitchStatement: ({ discriminant, cases }, pen) => {
    pen.write('(switch')
    pen.nodes([discriminant])
    // All cases are one block.
    const names = namesOfBlock(cases.flatMap(({ consequent }) => consequent))
    pen.within(innerScope(pen.scope, names), () => pen.nodes(cases))
    pen.write(')')
  },
  SwitchCase: ({ test, consequent }, pen) => {
    pen.write('(case')
    pen.nodes([test])
    pen.write(' ')
    writeStatements(consequent, pen)
    pen.write(')')
  },

  TryStatement: ({ block, handler, finalizer }, pen) => {
    pen.write('(try ')
    writeBlock(block.body, pen)
    pen.nodes([handler])
    pen.write(' ')
    writeBody(finalizer, pen)
    pen.write(')')
  },
  CatchClause: ({ param, body }, pen) => {
    const names = param ? namesInPattern(param) : []
    pen.within(innerScope(pen.scope, names), () => {
      pen.write('(catch ')
      writeTarget(param ?? null, pen)
      pen.write(' ')
      writeBlock(body.body, pen)
      pen.write(')')
    })
  },

  LabeledStatement: ({ label, body }, pen) => {
    pen.within(innerScope(pen.scope, [labelName(label)]), () => {
      pen.write('(label ')
      writeLabel(label, pen)
      // Braces stay: `continue` needs a loop right behind its label.
      pen.write(' [')
      pen.node(body)
      pen.write('])')
    })
  },
  BreakStatement: ({ label }, pen) => {
    pen.write('(break ')
    writeLabel(label, pen)
    pen.write(')')
  },
  ContinueStatement: ({ label }, pen) => {
    pen.write('(continue ')
    writeLabel(label, pen)
    pen.write(')')
  },
}

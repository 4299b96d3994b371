import type { AnyNode, CallExpression, Expression, SpreadElement, Super } from 'acorn'
import { plainMember, writeChain } from './chain.ts'
import { namedByTool } from './given-names.ts'
import { noteMutatorCall } from './mutators.ts'
import type { Pen, Rules } from './pen.ts'
import { isOuter, resolve } from './scope.ts'
import { stringIn } from './strings.ts'

export const CALLS: Rules = {
  CallExpression: (node, pen) => {
    const named = namedByTool(node, pen.scope)
    if (named !== undefined) {
      pen.node(named)
      return
    }
    if (isDirectEval(node, pen)) pen.notes.usesEval = true
    noteMutatorCall(node, pen)
    noteRequire(node, pen)
    const { callee, isDetached } = calleeOf(node.callee)
    pen.write(node.optional ? '(call? ' : '(call ')
    writeChain(callee, pen, { use: 'call', isDetached, ...inspectArguments(node.arguments) })
    pen.nodes(node.arguments)
    pen.write(')')
  },

  NewExpression: (node, pen) => {
    pen.write('(new ')
    writeChain(node.callee, pen, { use: 'new', ...inspectArguments(node.arguments) })
    pen.nodes(node.arguments)
    pen.write(')')
  },

  // A tag sees how the text is spelled.
  TaggedTemplateExpression: ({ tag, quasi }, pen) => {
    pen.write('(tag ')
    const { callee, isDetached } = calleeOf(tag)
    writeChain(callee, pen, { use: 'call', isDetached, argumentCount: quasi.expressions.length + 1 })
    for (const { value } of quasi.quasis) pen.write(` ${JSON.stringify(value.raw)}`)
    pen.nodes(quasi.expressions)
    pen.write(')')
  },

  ImportExpression: (node, pen) => {
    pen.notes.imports.add(stringIn(node.source))
    pen.group('import', [node.source, node.options])
  },
}

function inspectArguments(given: readonly (Expression | SpreadElement)[]): {
  readonly argumentCount: number
  readonly literal: string | undefined
} {
  return { argumentCount: given.length, literal: stringIn(given[0]) }
}

interface Callee {
  readonly callee: Expression | Super
  readonly isDetached: boolean
}

/** Compilers write `(0, module.fn)(x)` for the call of an imported function: it is `fn(x)`, without a `this`. */
function calleeOf(callee: Callee['callee']): Callee {
  const asWritten = { callee, isDetached: false }
  if (callee.type !== 'SequenceExpression' || callee.expressions.length !== 2) return asWritten
  const [zero, called] = callee.expressions
  if (zero?.type !== 'Literal' || zero.value !== 0 || called === undefined) return asWritten
  // `(0, eval)(x)` is another function than `eval(x)`.
  if (called.type === 'Identifier' && called.name !== 'eval') return { callee: called, isDetached: false }
  return plainMember(called) === undefined ? asWritten : { callee: called, isDetached: true }
}

function isDirectEval({ callee }: CallExpression, pen: Pen): boolean {
  return isFreeName(callee, 'eval', pen)
}

function noteRequire({ callee, arguments: [first] }: CallExpression, pen: Pen): void {
  if (isFreeName(callee, 'require', pen)) pen.notes.requires.add(stringIn(first))
}

function isFreeName(node: AnyNode, name: string, pen: Pen): boolean {
  return node.type === 'Identifier' && node.name === name && isOuter(resolve(pen.scope, name))
}

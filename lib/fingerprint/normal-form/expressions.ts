import type { AnyNode, BinaryExpression, Expression, LogicalExpression } from 'acorn'
import { writeChain } from './chain.ts'
import { writeKey } from './keys.ts'
import type { Pen, Rules } from './pen.ts'
import { noteWrite } from './place.ts'
import { joinedStrings } from './strings.ts'
import { writeTarget } from './targets.ts'

export const EXPRESSIONS: Rules = {
  Identifier: (node, pen) => writeChain(node, pen),
  MemberExpression: (node, pen) => writeChain(node, pen),
  PrivateIdentifier: (node, pen) => pen.write(`#${node.name}`),
  ChainExpression: (node, pen) => pen.group('chain', [node.expression]),
  ThisExpression: (_node, pen) => {
    noteThis(pen)
    pen.write('this')
  },
  Super: (_node, pen) => {
    // The object that a method was made in is nowhere to be seen.
    if (pen.scope.thisOf !== 'inner') pen.notes.usesLexicalThis = true
    pen.write('super')
  },
  MetaProperty: ({ meta, property }, pen) => {
    if (meta.name === 'import') pen.notes.usesImportMeta = true
    else if (pen.scope.thisOf === 'outside') pen.notes.usesLexicalThis = true
    pen.write(`${meta.name}.${property.name}`)
  },

  ArrayExpression: (node, pen) => pen.group('array', node.elements),
  ObjectExpression: (node, pen) => pen.group('object', node.properties),
  SpreadElement: (node, pen) => pen.group('spread', [node.argument]),
  Property: ({ kind, method, shorthand, computed, key, value }, pen) => {
    const isPrototype = kind === 'init' && !method && !shorthand && !computed && nameOf(key) === '__proto__'
    pen.write(isPrototype ? '(prototype ' : `(${method ? 'method' : kind} `)
    writeKey({ key, computed }, pen)
    pen.nodes([value])
    pen.write(')')
  },

  UnaryExpression: ({ operator, argument }, pen) => {
    const constant = constantUnary(operator, argument)
    if (constant !== undefined) {
      pen.write(constant)
      return
    }
    pen.write(`(${operator} `)
    if (operator === 'typeof') writeChain(argument, pen, { use: 'typeof' })
    else if (operator === 'delete') {
      noteWrite(argument, pen)
      writeChain(argument, pen, { use: 'write' })
    } else pen.node(argument)
    pen.write(')')
  },
  UpdateExpression: ({ operator, prefix, argument }, pen) => {
    pen.write(prefix ? `(${operator}_ ` : `(_${operator} `)
    writeTarget(argument, pen)
    pen.write(')')
  },
  AssignmentExpression: ({ operator, left, right }, pen) => {
    pen.write(`(${operator} `)
    writeTarget(left, pen)
    pen.nodes([right])
    pen.write(')')
  },
  BinaryExpression: writeInfix,
  LogicalExpression: writeInfix,
  ConditionalExpression: ({ test, consequent, alternate }, pen) =>
    pen.group('?', [test, consequent, alternate]),
  SequenceExpression: (node, pen) => pen.group(',', flatSequence(node.expressions)),
  ParenthesizedExpression: (node, pen) => pen.node(node.expression),
  YieldExpression: ({ argument, delegate }, pen) => pen.group(delegate ? 'yield*' : 'yield', [argument]),
  AwaitExpression: (node, pen) => pen.group('await', [node.argument]),
}

function writeInfix(node: BinaryExpression | LogicalExpression, pen: Pen): void {
  const joined = node.operator === '+' ? joinedStrings(node) : undefined
  if (joined !== undefined && joined.before === undefined) {
    pen.write(JSON.stringify(joined.text))
    return
  }
  pen.write('(')
  pen.node(joined?.before ?? node.left)
  pen.write(` ${node.operator} `)
  if (joined === undefined) pen.node(node.right)
  else pen.write(JSON.stringify(joined.text))
  pen.write(')')
}

function noteThis({ scope, notes }: Pen): void {
  if (scope.thisOf === 'self') notes.usesThis = true
  if (scope.thisOf === 'outside') notes.usesLexicalThis = true
}

function nameOf(key: AnyNode): string | undefined {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined
}

/** `void 0`, `!0` and `!1`, which minifiers write for three words. */
function constantUnary(operator: string, argument: Expression): string | undefined {
  if (argument.type !== 'Literal' || typeof argument.value !== 'number') return undefined
  if (operator === 'void') return 'undefined'
  if (operator !== '!') return undefined
  return String(!argument.value)
}

function flatSequence(expressions: readonly Expression[]): Expression[] {
  return expressions.flatMap(each =>
    each.type === 'SequenceExpression' ? flatSequence(each.expressions) : [each],
  )
}

import type {
  AnonymousFunctionDeclaration,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
  Pattern,
  Statement,
} from 'acorn'
import { writeStatements } from './bodies.ts'
import { namesInPattern, namesOfBlock, namesOfFunction } from './declared-names.ts'
import type { Pen, Rules } from './pen.ts'
import { type Binding, declare, innerScope, resolve, type Scope } from './scope.ts'
import { writeTargets } from './targets.ts'

export const FUNCTIONS: Rules = {
  ArrowFunctionExpression: (node, pen) => writeFunction(node, pen, INNER_ARROW),
  FunctionExpression: (node, pen) => {
    const { id } = node
    if (!id) writeFunction(node, pen, INNER_FUNCTION)
    // Its own name is visible in it alone.
    else
      pen.within(innerScope(pen.scope, [id.name]), () => {
        pen.write('(named ')
        pen.node(id)
        pen.write(' ')
        writeFunction(node, pen, INNER_FUNCTION)
        pen.write(')')
      })
  },
  FunctionDeclaration: (node, pen) => {
    pen.write('(declare')
    pen.nodes([node.id])
    if (node.id) writeHoisted(node.id.name, pen)
    pen.write(' ')
    writeFunction(node, pen, INNER_FUNCTION)
    pen.write(')')
  },
}

type AnyFunctionNode =
  | FunctionExpression
  | ArrowFunctionExpression
  | FunctionDeclaration
  | AnonymousFunctionDeclaration

export interface FunctionForm {
  /** What kind of function it is, as a word. */
  readonly head: string
  /** Undefined for an arrow, which has that of the code around it. */
  readonly thisOf: Scope['thisOf'] | undefined
  /** The role of what its parameters bind. */
  readonly parameters: Binding['role']
}

const INNER_ARROW: FunctionForm = { head: 'arrow', thisOf: undefined, parameters: 'local' }
const INNER_FUNCTION: FunctionForm = { head: 'function', thisOf: 'inner', parameters: 'local' }

/** Writes the parameters and the body of a function, not its name. */
export function writeFunction(
  node: AnyFunctionNode,
  pen: Pen,
  { head, thisOf, parameters }: FunctionForm,
): void {
  const { params, body } = node
  const scope = innerScope(pen.scope, [], {
    ...(thisOf === undefined ? {} : { thisOf }),
    isStrict: pen.scope.isStrict || isStrict(body),
  })
  for (const name of namesOfParams(params)) declare(scope, name, parameters)
  if (node.type !== 'ArrowFunctionExpression' && !scope.names.has('arguments'))
    scope.names.set('arguments', { label: 'arguments', role: 'local' })
  pen.within(scope, () => {
    pen.write(`(${head}${node.async ? ' async' : ''}${node.generator ? ' *' : ''} [`)
    writeTargets(params, pen)
    pen.write('] ')
    if (body.type === 'BlockStatement') writeFunctionBody(body.body, pen)
    else {
      pen.write('[')
      pen.group('return', [body])
      pen.write(']')
    }
    pen.write(')')
  })
}

/** Writes the statements of a function or a static block, in a scope with all that they declare. */
export function writeFunctionBody(body: readonly Statement[], pen: Pen): void {
  const { variables, inBlocks } = namesOfFunction(body)
  const hoisted = new Map<string, Binding>()
  const scope = innerScope(pen.scope, [], { hoisted })
  for (const name of variables) declareLikeParameter(scope, name)
  for (const statement of body)
    if (statement.type === 'FunctionDeclaration') declareLikeParameter(scope, statement.id.name)
  for (const name of namesOfBlock(body)) declare(scope, name)
  if (!scope.isStrict)
    for (const name of inBlocks)
      if (!scope.names.has(name) && scope.parent?.names.has(name) !== true)
        hoisted.set(name, { label: undefined, role: 'local' })
  pen.within(scope, () => writeStatements(body, pen))
}

/** `var x` and `function x() {}` in the body of a function with a parameter `x` are that parameter. */
function declareLikeParameter(scope: Scope, name: string): void {
  const parameter = scope.parent?.names.get(name)
  if (parameter === undefined) declare(scope, name)
  else scope.names.set(name, parameter)
}

/** Ties a function that is declared in a block to the variable outside of the block that it is in sloppy code. */
function writeHoisted(name: string, pen: Pen): void {
  let block: Scope | undefined = pen.scope
  while (block !== undefined && !block.names.has(name)) block = block.parent
  // The scope of a function body has a list of hoisted names; what is declared right there is there already.
  if (block?.parent === undefined || block.hoisted !== undefined || block.isStrict) return
  const { binding } = resolve(block.parent, name)
  if (binding === undefined) return
  pen.write(' ')
  pen.local(name, binding)
}

function namesOfParams(params: readonly Pattern[]): string[] {
  const names: string[] = []
  for (const param of params) namesInPattern(param, names)
  return names
}

function isStrict(body: AnyFunctionNode['body']): boolean {
  if (body.type !== 'BlockStatement') return false
  return body.body.some(statement => 'directive' in statement && statement.directive === 'use strict')
}

import { type Node, parse } from 'acorn'
import { nodesIn, type WalkedNode } from './library-functions.ts'

/** A change of a source text that changes what it does. */
export interface SourceMutation {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** All changes of one literal or operator in an expression. Those that change nothing, like `void 0` to `void 1`, are left out. */
export function mutationsOf(expression: string): readonly SourceMutation[] {
  const mutations: SourceMutation[] = []
  for (const { node, parent } of nodesIn(expression)) {
    const mutation = mutationOf(node, parent, expression)
    if (mutation !== undefined) mutations.push(mutation)
  }
  return mutations.filter(mutation => parses(mutate(expression, mutation)))
}

export function mutate(text: string, { start, end, text: replacement }: SourceMutation): string {
  return text.slice(0, start) + replacement + text.slice(end)
}

function mutationOf(node: WalkedNode, parent: WalkedNode, text: string): SourceMutation | undefined {
  const { start, end, type } = node
  if (type === 'Literal') {
    if (parent.type === 'UnaryExpression' || parent.type === 'SequenceExpression') return undefined
    if (typeof node.value === 'number') return { start, end, text: String(node.value + 1) }
    if (typeof node.value === 'string') return { start, end, text: JSON.stringify(`${node.value}~`) }
    if (typeof node.value === 'boolean') return { start, end, text: String(!node.value) }
  }
  if (type === 'BinaryExpression' || type === 'LogicalExpression' || type === 'AssignmentExpression') {
    const replacement = SWAPPED[String(node.operator)]
    const { left, right } = node
    if (replacement === undefined || !isNode(left) || !isNode(right)) return undefined
    const between = text.slice(left.end, right.start)
    const swapped = between.replace(String(node.operator), replacement)
    return { start: left.end, end: right.start, text: swapped }
  }
  if (type === 'MemberExpression' && node.computed === false && isNode(node.property))
    return { start: node.property.end, end: node.property.end, text: '_' }
  return undefined
}

const SWAPPED: Readonly<Record<string, string>> = {
  ...{
    '+': '-',
    '-': '+',
    '*': '/',
    '/': '*',
    '%': '*',
    '**': '*',
    '|': '&',
    '&': '|',
    '<<': '>>',
    '>>': '>>>',
  },
  ...{ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===', '==': '===', '!=': '!==' },
  ...{ '&&': '||', '||': '&&', '??': '||', '+=': '-=', '-=': '+=', '=': '||=', '||=': '=', '>>>': '>>' },
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function parses(text: string): boolean {
  try {
    parse(text, { ecmaVersion: 'latest', sourceType: 'script' })
    return true
  } catch {
    return false
  }
}

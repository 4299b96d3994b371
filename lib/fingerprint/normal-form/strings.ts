import type { AnyNode, BinaryExpression } from 'acorn'

/** The string that a node always is: a literal, or a template without anything put in. */
export function stringIn(node: AnyNode | null | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}

export interface JoinedStrings {
  /** What the text is added to; undefined if that is all. */
  readonly before: AnyNode | undefined
  readonly text: string
}

/** `a + 'b' + 'c'` is `a + 'bc'`, as compilers write it. Undefined for a sum that does not end in a string. */
export function joinedStrings(sum: BinaryExpression): JoinedStrings | undefined {
  const parts: string[] = []
  let before: AnyNode = sum
  for (let end = endOf(before); end !== undefined; end = endOf(before)) {
    parts.push(end)
    // Only a sum has an end.
    before = (before as BinaryExpression).left
  }
  if (parts.length === 0) return undefined
  const start = stringIn(before)
  return { before: start === undefined ? before : undefined, text: (start ?? '') + parts.reverse().join('') }
}

function endOf(node: AnyNode): string | undefined {
  return node.type === 'BinaryExpression' && node.operator === '+' ? stringIn(node.right) : undefined
}

import type { Literal } from 'acorn'
import { type Rules, UnknownSyntax } from './pen.ts'
import { stringIn } from './strings.ts'

/** Literals and templates count by their value, not by how they are spelled. */
export const LITERALS: Rules = {
  Literal: (node, pen) => pen.write(literalText(node)),
  TemplateLiteral: (node, pen) => {
    const text = stringIn(node)
    if (text !== undefined) {
      pen.write(JSON.stringify(text))
      return
    }
    pen.write('(template')
    node.quasis.forEach(({ value }, i) => {
      pen.write(` ${JSON.stringify(value.cooked)}`)
      const expression = node.expressions[i]
      if (expression !== undefined) pen.nodes([expression])
    })
    pen.write(')')
  },
}

function literalText({ value, regex, bigint }: Literal): string {
  // Before the value, which is null where this version of Node does not know the flags.
  if (regex !== undefined)
    return `(regexp ${JSON.stringify(regex.pattern)} ${[...regex.flags].sort().join('')})`
  if (typeof bigint === 'string') return `${bigint}n`
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
    case 'boolean':
      return String(value)
    default:
      if (value === null) return 'null'
      throw new UnknownSyntax('Literal')
  }
}

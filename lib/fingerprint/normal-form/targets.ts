import type { AnyNode } from 'acorn'
import { writeChain } from './chain.ts'
import { writeKey } from './keys.ts'
import type { Pen } from './pen.ts'
import { noteWrite } from './place.ts'

/**
 * Writes what is assigned to: a variable, a member, or a pattern of them. The patterns that declare names are written
 * alike: what they bind is local, and never noted.
 */
export function writeTarget(node: AnyNode | null, pen: Pen): void {
  if (node === null) {
    pen.write('_')
    return
  }
  switch (node.type) {
    case 'Identifier':
    case 'MemberExpression':
      noteWrite(node, pen)
      writeChain(node, pen, { use: 'write' })
      return
    case 'AssignmentPattern':
      pen.write('(default ')
      writeTarget(node.left, pen)
      pen.write(' ')
      pen.node(node.right)
      break
    case 'RestElement':
      pen.write('(rest ')
      writeTarget(node.argument, pen)
      break
    case 'ArrayPattern':
      pen.write('(items')
      writeTargets(node.elements, pen)
      break
    case 'ObjectPattern':
      pen.write('(properties')
      writeTargets(node.properties, pen)
      break
    case 'Property':
      pen.write('(property ')
      writeKey(node, pen)
      pen.write(' ')
      writeTarget(node.value, pen)
      break
    default:
      pen.node(node)
      return
  }
  pen.write(')')
}

export function writeTargets(nodes: readonly (AnyNode | null)[], pen: Pen): void {
  for (const node of nodes) {
    pen.write(' ')
    writeTarget(node, pen)
  }
}

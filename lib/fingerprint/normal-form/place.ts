import type { AnyNode } from 'acorn'
import { plainMember } from './chain.ts'
import type { Mutation } from './form.ts'
import { noteMutation } from './notes.ts'
import type { Pen } from './pen.ts'
import { isOuter, resolve } from './scope.ts'

/** Notes that the thing at `node` is changed as a whole: `node.push(1)`, `node[k] = 1`, `Object.assign(node, …)`. */
export function noteChange(node: AnyNode, pen: Pen, method?: string): void {
  const { root, path, isWhole } = placeOf(node)
  note(pen, root, { path, property: undefined, isWhole, ...(isWhole && method !== undefined && { method }) })
}

/** Notes that what is assigned to, or deleted, changes: a variable, or a member of what is read before it. */
export function noteWrite(node: AnyNode, pen: Pen): void {
  if (node.type === 'Identifier') {
    if (isOuter(resolve(pen.scope, node.name))) pen.notes.writes.add(node.name)
    return
  }
  const target = node.type === 'ChainExpression' ? node.expression : node
  if (target.type !== 'MemberExpression') return
  const property = memberName(target)
  const { root, path, isWhole } = placeOf(target.object)
  // The length of an array is all of it.
  note(pen, root, { path, property: property === 'length' ? undefined : property, isWhole })
}

interface Place {
  readonly root: AnyNode
  /** The members that are read from the root, '#x' for private ones. */
  readonly path: readonly string[]
  /** Whether that is where the node is; else it is somewhere below. */
  readonly isWhole: boolean
}

/** Where the value of an expression is kept, as far as its text says. */
function placeOf(node: AnyNode): Place {
  let path: string[] = []
  let isWhole = true
  let root = node
  for (;;) {
    if (root.type === 'ChainExpression') {
      root = root.expression
    } else if (root.type === 'MemberExpression') {
      const name = memberName(root)
      if (name === undefined) {
        path = []
        isWhole = false
      } else path.push(name)
      root = root.object
    } else return { root, path: path.reverse(), isWhole }
  }
}

/** Like `plainMember`, but optional and private members have names too. */
function memberName(node: AnyNode): string | undefined {
  if (node.type !== 'MemberExpression') return undefined
  if (node.property.type === 'PrivateIdentifier') return `#${node.property.name}`
  return plainMember(node.optional ? { ...node, optional: false } : node)
}

interface Change {
  readonly path: readonly string[]
  readonly property: string | undefined
  readonly isWhole: boolean
  readonly method?: string
}

function note(pen: Pen, root: AnyNode, change: Change): void {
  const { notes, scope } = pen
  if (root.type === 'ThisExpression') {
    if (scope.thisOf === 'self') notes.thisWrites.add(writeOfThis(change))
    return
  }
  if (root.type !== 'Identifier') return
  const resolution = resolve(scope, root.name)
  if (resolution.binding?.role === 'parameter') notes.mutatedParameters.add(root.name)
  if (isOuter(resolution)) noteMutation(notes, mutationOf(root.name, change))
}

function writeOfThis(change: Change): string {
  const { path, method } = change
  if (method !== undefined) return `${[...path, method].join('.')}()`
  return path[0] ?? propertyOf(change) ?? '*'
}

function propertyOf({ property, isWhole }: Change): string | undefined {
  return isWhole ? property : undefined
}

function mutationOf(name: string, change: Change): Mutation {
  const { path } = change
  // Private members of others are found by no name: the object that has them changes.
  const end = path.findIndex(member => member.startsWith('#'))
  if (end >= 0) return { name, members: path.slice(0, end), property: undefined }
  const property = propertyOf(change)
  const by = change.method === undefined ? {} : { method: change.method }
  return { name, members: path, property: property?.startsWith('#') === true ? undefined : property, ...by }
}

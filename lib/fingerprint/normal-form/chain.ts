import type { AnyNode, MemberExpression } from 'acorn'
import type { Hole } from './form.ts'
import type { Pen } from './pen.ts'
import { resolve } from './scope.ts'
import { stringIn } from './strings.ts'

/** What is done with a name and the members read from it. */
export type Use = Partial<Pick<Hole, 'use' | 'argumentCount' | 'literal' | 'isDetached'>>

/**
 * Writes an expression as `a`, `a.b` or `a.b.c`: a hole where `a` is a free name. All members are taken at once, so that
 * the hole can be filled with what the chain ends at, `ns.fn` like `fn`.
 */
export function writeChain(node: AnyNode, pen: Pen, use: Use = {}): void {
  const members: string[] = []
  let root = node
  for (let name = plainMember(root); name !== undefined; name = plainMember(root)) {
    members.push(name)
    // A plain member is one of a MemberExpression.
    root = (root as MemberExpression).object
  }
  members.reverse()
  if (root.type === 'Identifier' && isOpen(root.name, pen)) {
    writeName(root.name, pen, { ...use, members })
    return
  }
  // `(0, a.b)()` is another call than `a.b()`.
  if (use.isDetached === true && members.length > 0) pen.write('(detached ')
  pen.write('(. '.repeat(members.length))
  if (root.type === 'Identifier') writeName(root.name, pen, members.length === 0 ? use : {})
  else if (root.type === 'MemberExpression') writeMember(root, pen)
  else pen.node(root)
  for (const member of members) pen.write(` ${member})`)
  if (use.isDetached === true && members.length > 0) pen.write(')')
}

/** Writes a variable: a local one by its label, a free one as a hole. */
function writeName(name: string, pen: Pen, use: Use & { readonly members?: readonly string[] }): void {
  const { kind, binding } = resolve(pen.scope, name)
  if (kind === 'free' && CLOSED.has(name)) {
    if (name === 'arguments') pen.notes.usesLexicalThis = true
    pen.write(name)
    return
  }
  const isSelf = binding?.role === 'self'
  if (binding !== undefined) {
    if (kind === 'either') pen.write('(either ')
    pen.local(name, binding)
    if (kind === 'local' && !isSelf) return
  }
  const { members = [], use: what = 'value', argumentCount = 0, literal, isDetached = false } = use
  pen.hole({ name, members, use: what, argumentCount, literal, isDetached, isSelf })
  if (kind === 'either') pen.write(')')
}

/** Nobody can give `undefined` another value; the `arguments` around an arrow are in no scope that can be read. */
const CLOSED = new Set(['undefined', 'arguments'])

function isOpen(name: string, pen: Pen): boolean {
  const { kind } = resolve(pen.scope, name)
  return kind === 'either' || (kind === 'free' && !CLOSED.has(name))
}

/** The name of what is read, for `a.b` and `a['b']`; undefined for all else. */
export function plainMember(node: AnyNode): string | undefined {
  if (node.type !== 'MemberExpression' || node.optional || node.object.type === 'Super') return undefined
  const { property, computed } = node
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  const name = stringIn(property)
  return name !== undefined && IDENTIFIER.test(name) ? name : undefined
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u

function writeMember(node: MemberExpression, pen: Pen): void {
  const { object, property, computed, optional } = node
  const head = `${computed ? 'at' : '.'}${optional ? '?' : ''}`
  pen.write(`(${head} `)
  writeChain(object, pen)
  pen.write(' ')
  if (!computed && property.type === 'Identifier') pen.write(property.name)
  else pen.node(property)
  pen.write(')')
}

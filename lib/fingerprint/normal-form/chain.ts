import type { AnyNode, MemberExpression } from 'acorn'
import { unreachable } from '../../base/unreachable.ts'
import type { Hole } from './form.ts'
import type { Pen } from './pen.ts'
import { type Resolution, resolve } from './scope.ts'
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
  const resolution = root.type === 'Identifier' ? resolve(pen.scope, root.name) : undefined
  if (root.type === 'Identifier' && resolution?.kind === 'free' && !CLOSED.has(root.name)) {
    pen.hole(holeOf(root.name, { ...use, members }))
    return
  }
  // `(0, a.b)()` is another call than `a.b()`.
  if (use.isDetached === true && members.length > 0) pen.write('(detached ')
  pen.write('(. '.repeat(members.length))
  if (root.type === 'Identifier' && resolution !== undefined)
    writeName(root.name, resolution, { pen, use: members.length === 0 ? use : {} })
  else if (root.type === 'MemberExpression') writeMember(root, pen)
  else pen.node(root)
  for (const member of members) pen.write(` ${member})`)
  if (use.isDetached === true && members.length > 0) pen.write(')')
}

/** Nobody can give `undefined` another value; the `arguments` around an arrow are in no scope that can be read. */
const CLOSED = new Set(['undefined', 'arguments'])

/** Writes a variable: a local one by its label, a free one as a hole. */
function writeName(
  name: string,
  resolution: Resolution,
  mention: { readonly pen: Pen; readonly use: Use },
): void {
  const { pen, use } = mention
  switch (resolution.kind) {
    case 'local':
      pen.local(name, resolution.binding)
      if (resolution.binding.role === 'self') pen.hole({ ...holeOf(name, use), isSelf: true })
      return
    case 'either':
      pen.write('(either ')
      pen.local(name, resolution.binding)
      pen.write(' ')
      writeName(name, resolution.otherwise, mention)
      pen.write(')')
      return
    case 'free':
      if (name === 'arguments') pen.notes.usesLexicalThis = true
      if (CLOSED.has(name)) pen.write(name)
      else pen.hole(holeOf(name, use))
      return
    default:
      unreachable(resolution)
  }
}

function holeOf(name: string, use: Use & { readonly members?: readonly string[] }): Hole {
  const { members = [], use: what = 'value', argumentCount = 0, literal, isDetached = false } = use
  return { name, members, use: what, argumentCount, literal, isDetached, isSelf: false }
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

import type { Class, ClassBody, MethodDefinition } from 'acorn'
import type { ClassMember } from './form.ts'
import { writeFunctionBody } from './functions.ts'
import { isNamingBlock } from './given-names.ts'
import { type Keyed, keyOf, writeKey } from './keys.ts'
import type { Pen, Rules } from './pen.ts'
import { innerScope } from './scope.ts'

export const CLASSES: Rules = {
  ClassExpression: (node, pen) => {
    const { id } = node
    const scope = innerScope(pen.scope, id ? [id.name] : [], { isStrict: true })
    pen.within(scope, () => writeClass(node, pen))
  },
  ClassDeclaration: (node, pen) => {
    pen.write('(declare')
    pen.nodes([node.id])
    pen.write(' ')
    pen.within(innerScope(pen.scope, [], { isStrict: true }), () => writeClass(node, pen))
    pen.write(')')
  },
}

/**
 * Writes the class whose normal form is made. What it extends and the values of computed keys were worked out when it
 * was made, from variables that nobody can see any more: they are read off the class itself, and not in the text.
 */
export function writeRootClass(node: Class, pen: Pen): void {
  pen.write(node.superClass ? '(class extends' : '(class _')
  writeMembers(node.body, pen, ({ key, computed }) => {
    if (keyOf({ key, computed }) === undefined) pen.write('(key)')
    else writeKey({ key, computed }, pen)
  })
  pen.write(')')
}

/** Writes a class that is made each time the function around it runs. */
function writeClass(node: Class, pen: Pen): void {
  const { id, superClass, body } = node
  pen.write('(class')
  pen.nodes([node.type === 'ClassExpression' ? id : null, superClass])
  writeMembers(body, pen, keyed => writeKey(keyed, pen))
  pen.write(')')
}

function writeMembers({ body }: ClassBody, pen: Pen, key: (keyed: Keyed) => void): void {
  const inside = innerScope(pen.scope, [], { thisOf: 'inner' })
  pen.write(' [')
  for (const member of body) {
    if (member.type === 'StaticBlock') {
      if (isNamingBlock(member, pen.scope)) continue
      pen.write('(static ')
      pen.within(inside, () => writeFunctionBody(member.body, pen))
    } else {
      pen.write(
        `(${member.type === 'MethodDefinition' ? member.kind : 'field'}${member.static ? ' static' : ''} `,
      )
      key(member)
      pen.within(inside, () => pen.nodes([member.value]))
    }
    pen.write(')')
  }
  pen.write(']')
}

/** The methods and accessors of a class, with the text that each of them has by itself. */
export function membersOf({ body }: ClassBody, text: string): ClassMember[] {
  return body.filter(isMethod).map(member => ({
    key: keyOf(member),
    kind: member.kind,
    isStatic: member.static,
    source: sourceOf(member, text),
  }))
}

type Method = MethodDefinition & { readonly kind: ClassMember['kind'] }

function isMethod(member: ClassBody['body'][number]): member is Method {
  return member.type === 'MethodDefinition' && member.kind !== 'constructor'
}

/** `static`, and what is between it and the method, are not part of a function's own text. */
function sourceOf({ start, end, static: isStatic }: MethodDefinition, text: string): string {
  const source = text.slice(start, end)
  return isStatic ? source.replace(/^static(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/u, '') : source
}

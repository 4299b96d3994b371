import { parseFunction } from './parse-function.ts'

/** What compilers make of `#fields` for older targets: WeakMaps that nobody else can read. */
const LOWERED =
  /\b(?:__classPrivateField(?:Get|Set)|__private(?:Add|Get|Set))\b|_classPrivateField|_assertThisInitialized_private/

/** Whether compiled private fields, which cannot be read from outside, occur in the text of a class. */
export function hasLoweredPrivates(source: string): boolean {
  return LOWERED.test(source)
}

/**
 * The names of the private instance fields that the text of a class declares (`#x`), or undefined if it cannot be
 * parsed. Private methods and accessors are code, not state, and static ones do not belong to instances.
 */
export function privateFieldNames(source: string): readonly string[] | undefined {
  return privateMembers(source)
    ?.filter(({ isField }) => isField)
    .map(({ name }) => name)
}

/**
 * Whether instances of the class with this text hold anything private, fields or methods: then nobody but its constructor
 * can make one. What cannot be parsed is taken for private.
 */
export function hasPrivates(source: string): boolean {
  return hasLoweredPrivates(source) || privateMembers(source)?.length !== 0
}

interface PrivateMember {
  readonly name: string
  readonly isField: boolean
}

function privateMembers(source: string): readonly PrivateMember[] | undefined {
  // Most classes have no '#' anywhere, and need no parser.
  if (!source.includes('#') || !/^class\b/.test(source)) return []
  const node = parseFunction(source)?.node
  if (node?.type !== 'ClassExpression') return undefined
  const members: PrivateMember[] = []
  for (const member of node.body.body) {
    if (member.type !== 'PropertyDefinition' && member.type !== 'MethodDefinition') continue
    if (member.static || member.key.type !== 'PrivateIdentifier') continue
    members.push({ name: `#${member.key.name}`, isField: member.type === 'PropertyDefinition' })
  }
  return members
}

import type { ParsedFunction } from '../base/parse-function.ts'

/**
 * Whether the function at `node`, or one inside of it, may see its arguments by other names than those of its parameters:
 * it mentions `arguments` or `eval`, or is the constructor that a class without one has, which hands all to the superclass.
 * Too many hits only cost a shared key. `text` is that of the node.
 */
export function seesArguments(node: ParsedFunction['node'], text: string): boolean {
  if (node.type === 'ClassExpression') {
    const own = node.body.body.some(
      member => member.type === 'MethodDefinition' && member.kind === 'constructor',
    )
    if (!own && node.superClass) return true
  }
  // Words are quicker to look for than names, and may be in comments only. A name may be written with escapes.
  return /\b(?:arguments|eval)\b|\\u/.test(text) && mentionsArguments(node)
}

/** By whatever means: `f.arguments` is another way, in sloppy code. */
function mentionsArguments(root: object): boolean {
  const waiting: unknown[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue
    const { type, name, value } = node as { type?: unknown; name?: unknown; value?: unknown }
    if (type === 'Identifier' && isMention(name)) return true
    if (type === 'Literal' && isMention(value)) return true
    waiting.push(...Object.values(node))
  }
  return false
}

function isMention(word: unknown): boolean {
  return word === 'arguments' || word === 'eval'
}

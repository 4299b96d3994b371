import type {
  ArrowFunctionExpression,
  ClassExpression,
  Expression,
  FunctionExpression,
  MethodDefinition,
  Pattern,
} from 'acorn'
import { acorn, PARSE_OPTIONS } from './acorn.ts'

/** The syntax tree of the source text of one function or class. */
export interface ParsedFunction {
  /** The source inside the wrapper that made it parse; the offsets of all nodes are into this. */
  readonly text: string
  /** The function or class; of a member, its `value`, which holds the parameters and the body. */
  readonly node: FunctionExpression | ArrowFunctionExpression | ClassExpression
  /** Of a method, getter or setter that is written without its object or class; undefined for all else. */
  readonly member: ParsedMember | undefined
  /** Of a class, those of its own constructor. */
  readonly params: readonly Pattern[]
}

export interface ParsedMember {
  readonly kind: 'method' | 'get' | 'set'
  readonly isStatic: boolean
  readonly hasComputedKey: boolean
}

/**
 * Parses what `Function.prototype.toString` gives: a function, an arrow, a class, or a method as it stands in its object
 * or class. Undefined where that cannot be done, or cannot be done in one way only. Throws ERR_CACHE_PACKAGE.
 */
export function parseFunction(source: string): ParsedFunction | undefined {
  const mayHoldMarkup = MARKUP.test(source)
  for (const sourceType of mayHoldMarkup ? (['script'] as const) : SOURCE_TYPES) {
    for (const wrapper of WRAPPERS) {
      const text = wrapper.before + source + wrapper.after
      const expression = parseExpression(text, { sourceType, mayHoldMarkup })
      const found = expression === undefined ? undefined : wrapper.find(expression)
      if (found !== undefined) return { text, ...found, params: paramsOf(found.node) }
    }
  }
  return undefined
}

type Found = Pick<ParsedFunction, 'node' | 'member'>

interface Wrapper {
  readonly before: string
  readonly after: string
  readonly find: (expression: Expression) => Found | undefined
}

// One text may be an expression, a method of an object, or a member of a class (`#private`, static). What mentions
// `super()` or `new.target` of the constructor around it is an expression, or has a key, that stands in one.
const IN_CONSTRUCTOR = '(class extends Object { constructor() {'
const WRAPPERS: readonly Wrapper[] = [
  { before: '(', after: '\n)', find: foundAsExpression },
  { before: '({', after: '\n})', find: foundInObject },
  { before: '(class extends Object {', after: '\n})', find: foundInClass },
  { before: `${IN_CONSTRUCTOR} (`, after: '\n) } })', find: foundBelow(foundAsExpression) },
  { before: `${IN_CONSTRUCTOR} ({`, after: '\n}) } })', find: foundBelow(foundInObject) },
]
/** Module code is second: it is strict. */
const SOURCE_TYPES = ['script', 'module'] as const

function foundAsExpression(node: Expression): Found | undefined {
  switch (node.type) {
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
      return { node, member: undefined }
    default:
      return undefined
  }
}

function foundInObject(node: Expression): Found | undefined {
  if (node.type !== 'ObjectExpression' || node.properties.length !== 1) return undefined
  const [property] = node.properties
  if (property?.type !== 'Property' || property.value.type !== 'FunctionExpression') return undefined
  const { kind, method, computed, value } = property
  if (kind === 'init' && !method) return undefined
  const member = {
    kind: kind === 'init' ? 'method' : kind,
    isStatic: false,
    hasComputedKey: computed,
  } as const
  return { node: value, member }
}

function foundInClass(node: Expression): Found | undefined {
  if (node.type !== 'ClassExpression' || node.body.body.length !== 1) return undefined
  const [method] = node.body.body
  if (method?.type !== 'MethodDefinition') return undefined
  const kind = method.kind === 'constructor' ? 'method' : method.kind
  return {
    node: method.value,
    member: { kind, isStatic: method.static, hasComputedKey: method.computed },
  }
}

/** Looks for the function in the one statement of the constructor that the wrapper has put around it. */
function foundBelow(find: Wrapper['find']): Wrapper['find'] {
  return outer => {
    const method = outer.type === 'ClassExpression' ? outer.body.body[0] : undefined
    if (method?.type !== 'MethodDefinition' || method.value.body.body.length !== 1) return undefined
    const [statement] = method.value.body.body
    return statement?.type === 'ExpressionStatement' ? find(statement.expression) : undefined
  }
}

function paramsOf(node: ParsedFunction['node']): readonly Pattern[] {
  if (node.type !== 'ClassExpression') return node.params
  const owner = node.body.body.find(
    (member): member is MethodDefinition =>
      member.type === 'MethodDefinition' && member.kind === 'constructor',
  )
  return owner?.value.params ?? []
}

// A script may take these for the start of a comment, a module takes them for operators: only as part of a text, a
// pattern or another comment do they mean the same in both.
const MARKUP = /<!--|-->/

function parseExpression(
  text: string,
  { sourceType, mayHoldMarkup }: { sourceType: 'script' | 'module'; mayHoldMarkup: boolean },
): Expression | undefined {
  // Outside: that it is missing says nothing of the text.
  const parser = acorn()
  let holdsMarkup = false
  const onComment = (_isBlock: boolean, _text: string, start: number): void => {
    holdsMarkup ||= text.startsWith('<!--', start) || text.startsWith('-->', start)
  }
  try {
    const { body } = parser.parse(text, {
      ...PARSE_OPTIONS,
      sourceType,
      // For `import.meta` in scripts: nobody can tell from its text where a function is from.
      allowImportExportEverywhere: true,
      ...(mayHoldMarkup ? { onComment } : {}),
    })
    if (holdsMarkup) return undefined
    const [statement] = body
    return body.length === 1 && statement?.type === 'ExpressionStatement' ? statement.expression : undefined
  } catch {
    // Not of this form: the next wrapper.
    return undefined
  }
}

import type {
  ArrayExpression,
  BinaryExpression,
  Expression,
  Literal,
  ObjectExpression,
  TemplateLiteral,
  UnaryExpression,
} from 'acorn'

/** The value of a constant expression. */
export interface Constant {
  readonly value: unknown
}

/**
 * The value of an expression that is the same whatever runs around it: literals, `undefined`, templates, operators over
 * such, and arrays and objects of such. undefined for every other one.
 */
export function constantOf(node: Expression): Constant | undefined {
  switch (node.type) {
    case 'Literal':
      // A RegExp is a new object each time, with a state of its own.
      return (node as Literal).regex === undefined || (node as Literal).regex === null
        ? { value: (node as Literal).value }
        : undefined
    case 'Identifier':
      return node.name === 'undefined' ? { value: undefined } : undefined
    case 'UnaryExpression':
      return constantOfUnary(node as UnaryExpression)
    case 'BinaryExpression':
      return constantOfBinary(node as BinaryExpression)
    case 'TemplateLiteral':
      return constantOfTemplate(node as TemplateLiteral)
    case 'ArrayExpression':
      return constantOfArray(node as ArrayExpression)
    case 'ObjectExpression':
      return constantOfObject(node as ObjectExpression)
    default:
      return undefined
  }
}

type Atom = string | number | bigint | boolean | null | undefined

/** The value of a constant expression that is no object: operators run no code over it. */
function atomOf(node: Expression): { readonly value: Atom } | undefined {
  const constant = constantOf(node)
  if (constant === undefined || (typeof constant.value === 'object' && constant.value !== null))
    return undefined
  // Neither object nor, of a constant, function or symbol.
  return constant as { readonly value: Atom }
}

function constantOfUnary({ operator, argument }: UnaryExpression): Constant | undefined {
  const operand = atomOf(argument)
  if (operand === undefined) return undefined
  const { value } = operand
  switch (operator) {
    case '-':
      return { value: typeof value === 'bigint' ? -value : -Number(value) }
    case '+':
      return typeof value === 'bigint' ? undefined : { value: Number(value) }
    case '~':
      return { value: typeof value === 'bigint' ? ~value : ~Number(value) }
    case '!':
      return { value: !value }
    case 'void':
      return { value: undefined }
    default:
      return undefined
  }
}

// Numbers with numbers and strings with strings: all that people write.
function constantOfBinary({ operator, left, right }: BinaryExpression): Constant | undefined {
  const a = left.type === 'PrivateIdentifier' ? undefined : atomOf(left)?.value
  const b = atomOf(right)?.value
  if (typeof a === 'string' || typeof b === 'string') {
    const joins = operator === '+' && isTextual(a) && isTextual(b)
    return joins ? { value: `${a}${b}` } : undefined
  }
  if (typeof a !== 'number' || typeof b !== 'number') return undefined
  const value = calculate(operator, a, b)
  return value === undefined ? undefined : { value }
}

function isTextual(value: Atom): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

function calculate(operator: BinaryExpression['operator'], a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '**':
      return a ** b
    case '<<':
      return a << b
    case '>>':
      return a >> b
    case '>>>':
      return a >>> b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    default:
      return undefined
  }
}

function constantOfTemplate({ quasis, expressions }: TemplateLiteral): Constant | undefined {
  let value = quasis[0]?.value.cooked ?? ''
  for (const [i, expression] of expressions.entries()) {
    const part = atomOf(expression)
    if (part === undefined) return undefined
    value += `${part.value}${quasis[i + 1]?.value.cooked ?? ''}`
  }
  return { value }
}

function constantOfArray({ elements }: ArrayExpression): Constant | undefined {
  const value: unknown[] = []
  for (const element of elements) {
    const constant = element === null || element.type === 'SpreadElement' ? undefined : constantOf(element)
    if (constant === undefined) return undefined
    value.push(constant.value)
  }
  return { value }
}

function constantOfObject({ properties }: ObjectExpression): Constant | undefined {
  const value: Record<string, unknown> = {}
  for (const property of properties) {
    if (property.type !== 'Property' || property.computed || property.kind !== 'init' || property.method)
      return undefined
    const { key } = property
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined
    const constant = name === undefined || name === '__proto__' ? undefined : constantOf(property.value)
    if (name === undefined || constant === undefined) return undefined
    value[name] = constant.value
  }
  return { value }
}

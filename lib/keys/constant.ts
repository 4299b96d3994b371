import type {
  ArrayExpression,
  Expression,
  Literal,
  ObjectExpression,
  TemplateLiteral,
  UnaryExpression,
} from 'acorn'

/**
 * The value of an expression that is the same whatever runs around it: literals, `undefined`, `-1`, and arrays and
 * objects of such. undefined for every other one.
 */
export function constantOf(node: Expression): { readonly value: unknown } | undefined {
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
    case 'TemplateLiteral': {
      const { quasis, expressions } = node as TemplateLiteral
      return expressions.length === 0 ? { value: quasis[0]?.value.cooked } : undefined
    }
    case 'ArrayExpression':
      return constantOfArray(node as ArrayExpression)
    case 'ObjectExpression':
      return constantOfObject(node as ObjectExpression)
    default:
      return undefined
  }
}

function constantOfUnary({ operator, argument }: UnaryExpression): { readonly value: unknown } | undefined {
  const operand = constantOf(argument)?.value
  if (operator === '-' && (typeof operand === 'number' || typeof operand === 'bigint'))
    return { value: -operand }
  return undefined
}

function constantOfArray({ elements }: ArrayExpression): { readonly value: unknown } | undefined {
  const value: unknown[] = []
  for (const element of elements) {
    const constant = element === null || element.type === 'SpreadElement' ? undefined : constantOf(element)
    if (constant === undefined) return undefined
    value.push(constant.value)
  }
  return { value }
}

function constantOfObject({ properties }: ObjectExpression): { readonly value: unknown } | undefined {
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

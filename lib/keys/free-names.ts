/** A node of acorn's tree, as far as names are concerned. */
interface Node {
  readonly type: string
  /** Of an Identifier. */
  readonly name?: unknown
  readonly computed?: unknown
  readonly [key: string]: unknown
}

/** The names that the code at `root` takes from outside itself. `this` is none; `arguments` outside a function is one. */
export function freeNames(root: object): Set<string> {
  const free = new Set<string>()
  visit(root as Node, new Set(), free)
  return free
}

function visit(node: Node, bound: ReadonlySet<string>, free: Set<string>): void {
  if (node.type === 'Identifier') {
    const name = node.name as string
    if (!bound.has(name)) free.add(name)
    return
  }
  const inner = isScope(node) ? new Set([...bound, ...declaredIn(node)]) : bound
  for (const [key, child] of childrenOf(node)) {
    if (!isPropertyName(node, key)) visit(child, inner, free)
  }
}

const FUNCTIONS = new Set(['FunctionExpression', 'FunctionDeclaration', 'ArrowFunctionExpression'])

// Blocks and loops count to their function: a name that is declared anywhere in it is taken for its own.
function isScope(node: Node): boolean {
  return FUNCTIONS.has(node.type) || node.type === 'ClassExpression'
}

function declaredIn(scope: Node): string[] {
  const names: string[] =
    scope.type === 'FunctionExpression' || scope.type === 'FunctionDeclaration' ? ['arguments'] : []
  const gather = (node: Node, pattern: boolean): void => {
    if (pattern && node.type === 'Identifier') names.push(node.name as string)
    const nested = node !== scope && isScope(node)
    for (const [key, child] of childrenOf(node)) {
      if (isPropertyName(node, key) || (nested && key !== 'id')) continue
      gather(child, isBindingKey(node, key) || (pattern && isPatternKey(node, key)))
    }
  }
  gather(scope, false)
  return names
}

/** Whether what stands there is bound by the node: parameters, declared names, the error of a catch. */
function isBindingKey(node: Node, key: string): boolean {
  if (key === 'params' || key === 'id') return true
  return key === 'param' && node.type === 'CatchClause'
}

/** Whether a part of a pattern is a pattern too, not a default value or a computed key. */
function isPatternKey(node: Node, key: string): boolean {
  switch (node.type) {
    case 'AssignmentPattern':
      return key === 'left'
    case 'Property':
      return key === 'value'
    default:
      return key === 'elements' || key === 'properties' || key === 'argument'
  }
}

/** Whether what stands there is the name of a property or a label, not of a variable. */
function isPropertyName(node: Node, key: string): boolean {
  if (key === 'property') return node.type === 'MetaProperty' || node.computed !== true
  if (key === 'key') return node.computed !== true
  return key === 'label' || (key === 'meta' && node.type === 'MetaProperty')
}

function* childrenOf(node: Node): Generator<[key: string, child: Node]> {
  for (const key of Object.keys(node)) {
    const value = node[key]
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
        yield [key, child as Node]
    }
  }
}

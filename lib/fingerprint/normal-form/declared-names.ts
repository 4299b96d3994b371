import type { AnyNode, Pattern, Statement, VariableDeclaration } from 'acorn'

/** The names that a pattern binds. */
export function namesInPattern(pattern: Pattern, names: string[] = []): string[] {
  switch (pattern.type) {
    case 'Identifier':
      names.push(pattern.name)
      break
    case 'AssignmentPattern':
      namesInPattern(pattern.left, names)
      break
    case 'RestElement':
      namesInPattern(pattern.argument, names)
      break
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) namesInPattern(element, names)
      break
    case 'ObjectPattern':
      for (const property of pattern.properties)
        namesInPattern(property.type === 'RestElement' ? property.argument : property.value, names)
      break
    case 'MemberExpression':
      break
  }
  return names
}

export function namesOfDeclaration(declaration: VariableDeclaration): string[] {
  const names: string[] = []
  for (const { id } of declaration.declarations) namesInPattern(id, names)
  return names
}

/** The names that a list of statements declares for itself: `let`, `const`, `using`, classes and functions. */
export function namesOfBlock(statements: readonly Statement[]): string[] {
  const names: string[] = []
  for (const labelled of statements) {
    const statement = withoutLabels(labelled)
    if (statement.type === 'VariableDeclaration') {
      if (statement.kind !== 'var') names.push(...namesOfDeclaration(statement))
    } else if (statement.type === 'ClassDeclaration' || statement.type === 'FunctionDeclaration') {
      names.push(statement.id.name)
    }
  }
  return names
}

/** What is declared somewhere in a function body for all of it. */
export interface FunctionNames {
  /** By `var`. */
  readonly variables: readonly string[]
  /** By function declarations in blocks. */
  readonly inBlocks: readonly string[]
}

/** Looks through the statements of one function, not into functions and classes in it. */
export function namesOfFunction(body: readonly Statement[]): FunctionNames {
  const found = { variables: [], inBlocks: [] }
  for (const statement of body) {
    const inner = withoutLabels(statement)
    if (inner.type !== 'FunctionDeclaration') gather(inner, found)
  }
  return found
}

function gather(node: AnyNode | null | undefined, found: { variables: string[]; inBlocks: string[] }): void {
  switch (node?.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var') found.variables.push(...namesOfDeclaration(node))
      break
    case 'FunctionDeclaration':
      if (node.id !== null && !node.async && !node.generator) found.inBlocks.push(node.id.name)
      break
    case 'BlockStatement':
      for (const statement of node.body) gather(statement, found)
      break
    case 'IfStatement':
      gather(node.consequent, found)
      gather(node.alternate, found)
      break
    case 'ForStatement':
      gather(node.init, found)
      gather(node.body, found)
      break
    case 'ForInStatement':
    case 'ForOfStatement':
      gather(node.left, found)
      gather(node.body, found)
      break
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      gather(node.body, found)
      break
    case 'SwitchStatement':
      for (const { consequent } of node.cases) for (const statement of consequent) gather(statement, found)
      break
    case 'TryStatement':
      gather(node.block, found)
      gather(node.handler?.body, found)
      gather(node.finalizer, found)
      break
    default:
      break
  }
}

function withoutLabels(statement: Statement): Statement {
  let inner = statement
  while (inner.type === 'LabeledStatement') inner = inner.body
  return inner
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Node, parse } from 'acorn'
import { ROOT } from './repository.ts'

/** The sources of all functions, methods and classes in files of node_modules, as `toString` would give them. */
export function libraryFunctions(...paths: readonly string[]): readonly string[] {
  return paths.flatMap(path => functionsIn(readFileSync(join(ROOT, 'node_modules', path), 'utf8')))
}

export function functionsIn(text: string): readonly string[] {
  const found: string[] = []
  for (const { node, parent } of nodesIn(text)) {
    if (!/Function(?:Expression|Declaration)$|^Class(?:Expression|Declaration)$/.test(node.type)) continue
    const isMember =
      parent.type === 'MethodDefinition' ||
      (parent.type === 'Property' && (parent.method || parent.kind !== 'init'))
    if (isMember && parent.value === node)
      found.push(text.slice(parent.start, parent.end).replace(/^static\s+/, ''))
    else found.push(text.slice(node.start, node.end))
  }
  return found
}

/** A node of any type, as far as a walk over all of them is concerned. */
export type WalkedNode = Node & { readonly [key: string]: unknown }

interface Walked {
  readonly node: WalkedNode
  readonly parent: WalkedNode
}

/** Every node of a program with the one above it. */
export function* nodesIn(text: string): Generator<Walked> {
  const program = parse(text, { ecmaVersion: 'latest', sourceType: sourceTypeOf(text), allowHashBang: true })
  const waiting: Walked[] = [{ node: walked(program), parent: walked(program) }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next
    for (const value of Object.values(next.node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) waiting.push({ node: child, parent: next.node })
      }
    }
  }
}

function sourceTypeOf(text: string): 'module' | 'script' {
  return /^(?:import|export)\b/m.test(text) ? 'module' : 'script'
}

function walked(node: Node): WalkedNode {
  // Every object has its properties by name.
  return node as WalkedNode
}

function isNode(value: unknown): value is WalkedNode {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'
}

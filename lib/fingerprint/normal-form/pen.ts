import type { AnyNode } from 'acorn'
import type { Hole } from './form.ts'
import { emptyNotes, type Notes } from './notes.ts'
import type { Binding, Scope } from './scope.ts'

type NodeType = AnyNode['type']

/** How each kind of node is written. A kind without a rule makes the whole function count by its source. */
export type Rules = { readonly [Type in NodeType]?: Rule<Type> }

export type Rule<Type extends NodeType = NodeType> = (
  node: Extract<AnyNode, { type: Type }>,
  pen: Pen,
) => void

/** Thrown for syntax that there is no rule for. */
export class UnknownSyntax extends Error {}

/**
 * Writes the text of one function, and holds what the rules need to know on the way: the scope, and which labels the
 * local names have got.
 */
export class Pen {
  readonly text: string
  /** The scope of the node that is being written. */
  scope: Scope
  readonly keepNames: boolean
  readonly notes: Notes = emptyNotes()
  readonly holes: Hole[] = []
  readonly #rules: Rules
  readonly #pieces: string[] = []
  #piece = ''
  #labels = 0

  constructor({ rules, text, scope, keepNames }: PenOptions) {
    this.#rules = rules
    this.text = text
    this.scope = scope
    this.keepNames = keepNames
  }

  write(text: string): void {
    this.#piece += text
  }

  node(node: AnyNode): void {
    // Rules have the type of the node that they are found under.
    const rule = this.#rules[node.type] as Rule | undefined
    if (rule === undefined) throw new UnknownSyntax(node.type)
    rule(node, this)
  }

  /** Each with a space before it; `_` for one that is missing. */
  nodes(nodes: readonly (AnyNode | null | undefined)[]): void {
    for (const node of nodes) {
      this.#piece += ' '
      if (node === null || node === undefined) this.#piece += '_'
      else this.node(node)
    }
  }

  /** `(head node node …)`: every node becomes one such group or one word, so that a text has only one reading. */
  group(head: string, nodes: readonly (AnyNode | null | undefined)[]): void {
    this.#piece += `(${head}`
    this.nodes(nodes)
    this.#piece += ')'
  }

  hole(hole: Hole): void {
    // With `eval` and `with`, a name means more than what it stands for now.
    if (this.keepNames) this.#piece += hole.name
    this.#pieces.push(this.#piece)
    this.#piece = ''
    this.holes.push(hole)
  }

  /** The local name in its order of appearance. */
  local(name: string, binding: Binding): void {
    binding.label ??= this.keepNames ? `=${name}` : `L${this.#labels++}`
    this.#piece += binding.label
  }

  within(scope: Scope, write: () => void): void {
    const outer = this.scope
    this.scope = scope
    write()
    this.scope = outer
  }

  pieces(): readonly string[] {
    return [...this.#pieces, this.#piece]
  }
}

export interface PenOptions {
  readonly rules: Rules
  /** The source that the offsets of nodes are into. */
  readonly text: string
  readonly scope: Scope
  /** Whether local names stay as they are. */
  readonly keepNames: boolean
}

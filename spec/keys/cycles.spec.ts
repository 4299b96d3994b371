import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isCacheError } from '../../lib/base/errors.ts'
import { digest } from '../../lib/keys/canonical.ts'
import { type Blueprint, blueprint, buildGraph, unfoldAlike } from './random-graphs.ts'

type Linked = Record<string, unknown>

function ring(length: number, label: (i: number) => unknown): Linked {
  const nodes: Linked[] = Array.from({ length }, (_, i) => ({ label: label(i) }))
  nodes.forEach((node, i) => {
    node.next = nodes[(i + 1) % length]
  })
  return nodes[0] as Linked
}

function doublyLinked(length: number, order: (names: string[]) => string[] = names => names): Linked {
  const nodes: Linked[] = Array.from({ length }, () => ({}))
  nodes.forEach((node, i) => {
    const fields: Linked = { value: i % 3, next: nodes[i + 1], previous: nodes[i - 1] }
    for (const name of order(Object.keys(fields))) node[name] = fields[name]
  })
  return nodes[0] as Linked
}

describe('writeCyclic', () => {
  it('gives a cycle and the same cycle written out more often one key', () => {
    for (const length of [2, 3, 7]) assert.equal(digest(ring(length, () => 'x')), digest(ring(1, () => 'x')))
    assert.equal(digest(ring(6, i => i % 2)), digest(ring(2, i => i)))
    assert.equal(digest({ label: 'x', next: ring(1, () => 'x') }), digest(ring(1, () => 'x')))
  })

  it('tells cycles of other length, content or entry apart', () => {
    const values = [
      ring(1, () => 'x'),
      ring(1, () => 'y'),
      ring(2, i => i),
      ring(2, i => 1 - i),
      ring(3, i => i),
      ring(3, i => i % 2),
      { label: 'z', next: ring(1, () => 'x') },
      [ring(1, () => 'x')],
      [ring(1, () => 'x'), ring(1, () => 'x')],
      [ring(1, () => 'x'), ring(1, () => 'y')],
      [ring(1, () => 'y'), ring(1, () => 'x')],
      new Set([ring(1, () => 'x'), ring(1, () => 'y')]),
      new Set([ring(1, () => 'x')]),
      new Set([ring(1, () => 'x'), ring(1, () => 'x')]),
      new Map([[ring(1, () => 'x'), ring(1, () => 'y')]]),
      new Map([[ring(1, () => 'y'), ring(1, () => 'x')]]),
    ]
    assert.equal(new Set(values.map(value => digest(value))).size, values.length)
  })

  it('does not see the order of properties, Map entries and Set values', () => {
    assert.equal(digest(doublyLinked(20)), digest(doublyLinked(20, names => names.reverse())))
    const family = (order: (children: Linked[]) => Linked[]): unknown => {
      const parent: Linked = {}
      const children: Linked[] = ['a', 'b', 'c'].map(name => ({ name, parent }))
      parent.children = new Set(order(children))
      parent.byName = new Map(order(children).map(child => [child.name, child]))
      parent.byChild = new Map(order(children).map(child => [child, child.name]))
      return parent
    }
    assert.equal(digest(family(children => children)), digest(family(children => children.reverse())))
  })

  it('goes through classes, errors, functions and private fields', () => {
    class Tree {
      #parent: unknown
      name: string
      constructor(name: string) {
        this.name = name
      }
      get parent(): unknown {
        return this.#parent
      }
      adopt(parent: unknown): this {
        this.#parent = parent
        return this
      }
    }
    const selfish = (name: string): Tree => {
      const tree = new Tree(name)
      return tree.adopt([tree])
    }
    assert.equal(digest(selfish('a')), digest(selfish('a')))
    assert.notEqual(digest(selfish('a')), digest(selfish('b')))
    const guilty = (message: string): Error => {
      const error = new Error(message)
      return Object.assign(error, { cause: { error } })
    }
    assert.equal(digest(guilty('a')), digest(guilty('a')))
    assert.notEqual(digest(guilty('a')), digest(guilty('b')))
    const recursive = (text: string): unknown => {
      const fn = Object.assign(() => 1, { text, self: undefined as unknown })
      fn.self = fn
      return fn
    }
    assert.equal(digest(recursive('a')), digest(recursive('a')))
    assert.notEqual(digest(recursive('a')), digest(recursive('b')))
  })

  it('gives two random graphs one key exactly if they unfold into one tree', () => {
    let equal = 0
    const same = (a: Blueprint, b: Blueprint): void => {
      const alike = unfoldAlike(a, b)
      if (alike) equal++
      assert.equal(digest(buildGraph(a)) === digest(buildGraph(b)), alike)
    }
    fc.assert(fc.property(blueprint, blueprint, same), { numRuns: 3000 })
    assert.ok(equal > 30, `only ${equal} equal pairs were tried`)
  })

  it('gives a random graph with copied nodes the key of the original', () => {
    fc.assert(
      fc.property(blueprint, fc.infiniteStream(fc.boolean()), (nodes, coins) => {
        // Each reference goes to the node or to its copy.
        const size = nodes.length
        const pick = (to: number): number => (coins.next().value === true ? to + size : to)
        const doubled = [...nodes, ...nodes].map(node => ({
          ...node,
          references: node.references.map(to => (typeof to === 'number' ? pick(to) : to)),
        }))
        assert.equal(digest(buildGraph(doubled)), digest(buildGraph(nodes)))
      }),
      { numRuns: 1000 },
    )
  })

  it('takes a doubly linked list of twenty thousand nodes', () => {
    assert.equal(digest(doublyLinked(20_000)), digest(doublyLinked(20_000)))
    assert.notEqual(digest(doublyLinked(20_000)), digest(doublyLinked(20_001)))
  })

  it('takes a cycle of a hundred thousand nodes', () => {
    assert.equal(digest(ring(100_000, () => 'x')), digest(ring(1, () => 'x')))
  })

  it('gives up a value whose Sets cannot be ordered in reasonable time', () => {
    const nodes: Linked[] = Array.from({ length: 8_000 }, () => ({}))
    nodes.forEach((node, i) => {
      node.beside = new Set([nodes[i + 1], nodes[i - 1]].filter(other => other !== undefined))
    })
    assert.throws(
      () => digest(nodes[1000]),
      error => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && /too entangled/.test(error.message),
    )
  })

  it('names the way to what has no identity', () => {
    const value: Linked = {}
    value.list = [1, { value, socket: new WeakMap() }]
    assert.throws(
      () => digest(value, { root: 'args' }),
      error => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && error.details.path === 'args.list[1].socket',
    )
  })
})

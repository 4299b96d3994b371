import assert from 'node:assert/strict'
import type { Node } from '../../lib/keys/graph.ts'
import { partition } from '../../lib/keys/partition.ts'

const node = (text: string, ...references: number[]): Node => ({ text, references, entries: [] })
const set = (...references: number[]): Node => ({
  text: 'set',
  references: [],
  entries: references.map(reference => ({ text: '', references: [reference] })),
})

describe('partition', () => {
  it('puts nodes of one unfolding into one class', () => {
    const [a, b, c] = partition([node('x', 1), node('x', 2), node('x', 0)])
    assert.ok(a === b && b === c)
  })

  it('tells nodes apart by what lies far away', () => {
    const chain = Array.from({ length: 1000 }, (_, i) => node('x', Math.min(i + 1, 999)))
    chain[999] = node('y', 999)
    assert.equal(new Set(partition(chain)).size, 1000)
  })

  it('counts the entries of a Set without regard to order', () => {
    const [a, b, c] = partition([set(3, 4), set(4, 3), set(3, 3), node('x'), node('y')])
    assert.equal(a, b)
    assert.notEqual(a, c)
  })
})

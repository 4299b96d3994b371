import assert from 'node:assert/strict'
import { classOrder } from '../../lib/keys/class-order.ts'
import type { Node } from '../../lib/keys/graph.ts'

const node = (text: string, references: number[], ...entries: number[]): Node => ({
  text,
  references,
  entries: entries.map(reference => ({ text: 'e', references: [reference] })),
})

describe('classOrder', () => {
  it('follows the references from the root', () => {
    assert.deepEqual(classOrder([node('a', [2, 1]), node('b', []), node('c', [0])]), [0, 2, 1])
  })

  it('does not depend on the numbers of nodes that only a Set leads to', () => {
    const order = (first: number, second: number): readonly (string | undefined)[] => {
      const nodes: Node[] = [node('root', [], 1, 2)]
      nodes[first] = node('b', [first])
      nodes[second] = node('a', [second])
      const places = classOrder(nodes) ?? []
      return places.map((_, place) => nodes[places.indexOf(place)]?.text)
    }
    assert.deepEqual(order(1, 2), order(2, 1))
  })
})

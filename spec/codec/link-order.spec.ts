import assert from 'node:assert/strict'
import fc from 'fast-check'
import { linkOrder } from '../../lib/codec/link-order.ts'

describe('linkOrder', () => {
  const links = fc
    .nat(12)
    .chain(size =>
      fc.array(fc.array(fc.nat(size), { maxLength: 4 }), { minLength: size + 1, maxLength: size + 1 }),
    )

  it('puts every entry in one group, after all groups that it refers to', () => {
    fc.assert(
      fc.property(links, graph => {
        const groups = linkOrder(graph)
        assert.deepEqual(
          groups.flat().sort((a, b) => a - b),
          [...graph.keys()],
        )
        const place = new Map(groups.flatMap((group, index) => group.map(member => [member, index] as const)))
        for (const [from, targets] of graph.entries()) {
          for (const to of targets) assert.ok((place.get(to) as number) <= (place.get(from) as number))
        }
      }),
    )
  })

  it('groups exactly those that lead to one another', () => {
    fc.assert(
      fc.property(links, graph => {
        for (const group of linkOrder(graph)) {
          const [first] = group as [number]
          const mutual = [...graph.keys()].filter(
            other => leads(graph, first, other) && leads(graph, other, first),
          )
          assert.deepEqual([...new Set([first, ...mutual])].sort(), [...group].sort())
        }
      }),
    )
  })

  it('follows a chain of 100,000 without recursion', () => {
    const chain = Array.from({ length: 100_000 }, (_, index) => (index < 99_999 ? [index + 1] : [0]))
    assert.equal(linkOrder(chain).length, 1)
  })
})

function leads(graph: readonly (readonly number[])[], from: number, to: number): boolean {
  const reached = new Set(graph[from])
  for (const at of reached) for (const next of graph[at] ?? []) reached.add(next)
  return reached.has(to)
}

import assert from 'node:assert/strict'
import { graphOf } from '../../lib/keys/graph.ts'
import { TAG } from '../../lib/keys/tags.ts'

const marks = (text: string) => [...text].filter(unit => unit.charCodeAt(0) === TAG.cyclicReference).length

describe('graphOf', () => {
  it('numbers what can be reached breadth first, each object once, the root 0', () => {
    const shared = { name: 'shared' }
    const root: Record<string, unknown> = { a: { deep: shared }, b: shared }
    root.c = root
    assert.deepEqual(
      graphOf(root, 'key').map(({ references }) => references),
      [[1, 2, 0], [2], []],
    )
  })

  it('writes a mark where another node belongs, and everything else in place', () => {
    const [root] = graphOf(['x', [], 'y', []], 'key')
    assert.equal(marks(root!.text), 2)
    assert.deepEqual(root!.references, [1, 2])
    assert.match(root!.text, /x.*y/s)
  })

  it('gives equal objects equal text, and unequal ones another', () => {
    const [, one, same, other] = graphOf(
      [
        { a: 1, b: {} },
        { b: {}, a: 1 },
        { a: 2, b: {} },
      ],
      'key',
    )
    assert.equal(one?.text, same?.text)
    assert.notEqual(one?.text, other?.text)
  })

  it('keeps the entries of a Map or Set apart from their object, and from one another', () => {
    const member = {}
    const [map] = graphOf(
      new Map<unknown, unknown>([
        ['k', member],
        [member, 'v'],
      ]),
      'key',
    )
    assert.deepEqual([map!.references, map!.entries.map(entry => entry.references)], [[], [[1], [1]]])
    assert.match(map!.entries[0]!.text, /k/)
    assert.match(map!.entries[1]!.text, /v/)
    const [other] = graphOf(
      new Map<unknown, unknown>([
        ['x', 1],
        [2, 'y'],
      ]),
      'key',
    )
    assert.equal(map!.text, other!.text)
    const [set] = graphOf(new Set([member, 'x', 1]), 'key')
    assert.deepEqual(
      set!.entries.map(entry => entry.references),
      [[1], [], []],
    )
  })

  it('tells by the path what cannot be part of a key', () => {
    const table: [value: object, path: string][] = [
      [Promise.resolve(), 'args'],
      [[0, { a: Promise.resolve() }], 'args[1].a'],
      [{ first: {}, second: { 'x y': new Map([['k', [Symbol('u')]]]) } }, 'args.second["x y"].get("k")[0]'],
      [new Set([{}, { p: new WeakMap() }]), 'args.values()[1].p'],
    ]
    for (const [value, path] of table) {
      assert.throws(
        () => graphOf(value, 'args'),
        ({ code, details }: { code: string; details: { path: string } }) => {
          assert.deepEqual([code, details.path], ['ERR_CACHE_UNKEYABLE', path])
          return true
        },
      )
    }
  })

  it('follows a chain of 100,000 without recursion', () => {
    let chain: unknown[] = []
    for (let length = 1; length < 100_000; length += 1) chain = [chain]
    assert.equal(graphOf(chain, 'key').length, 100_000)
  })
})

import assert from 'node:assert/strict'
import { differencesOf } from '../../../lib/cache/why/differences.ts'

function shown(before: unknown, after: unknown, most = 10): readonly string[] {
  return differencesOf(before, after, { path: 'args', most }).map(
    ({ path, before, after }) => `${path}: ${String(before)} ${String(after)}`,
  )
}

class Filter {
  readonly year: number
  readonly #secret: number
  constructor(year: number) {
    this.year = year
    this.#secret = year
  }
  get secret(): number {
    return this.#secret
  }
}

describe('differencesOf', () => {
  it('names the places at which two values differ', () => {
    const filters = { year: 2024, 'a b': [1, 2] }
    assert.deepEqual(shown([{ filters }], [{ filters: { ...filters, year: 2025 } }]), [
      'args[0].filters.year: 2024 2025',
    ])
    assert.deepEqual(shown([{ filters }], [{ filters: { ...filters, 'a b': [1, 3] } }]), [
      'args[0].filters["a b"][1]: 2 3',
    ])
    assert.deepEqual(shown([1], [1, 2]), ['args[1]: undefined 2'])
    assert.deepEqual(shown([1, 2], [1]), ['args[1]: 2 undefined'])
  })

  it('finds none between equal values', () => {
    const make = () => [
      Number.NaN,
      { a: new Date(5), b: new Map([['x', [1]]]), c: new Set([1]), d: /x/g, e: Buffer.from('ab') },
      new Filter(1),
    ]
    assert.deepEqual(shown(make(), make()), [])
  })

  it('looks into Maps and instances', () => {
    assert.deepEqual(shown([new Map([['x', { n: 1 }]])], [new Map([['x', { n: 2 }]])]), [
      'args[0].get("x").n: 1 2',
    ])
    assert.deepEqual(shown([new Map([[5, 1]])], [new Map([[5, 2]])]), ['args[0].get(5): 1 2'])
    assert.deepEqual(shown([new Filter(1)], [new Filter(2)]), ['args[0].year: 1 2'])
  })

  it('counts as a whole what has no parts with names, and what is of another kind', () => {
    assert.deepEqual(shown([new Date(0)], [new Date(1)]).length, 1)
    assert.deepEqual(shown([new Set([1])], [new Set([2])]).length, 1)
    assert.deepEqual(shown([Buffer.from('a')], [Buffer.from('b')]).length, 1)
    assert.deepEqual(shown([new URL('http://a')], [new URL('http://b')]), ['args[0]: http://a/ http://b/'])
    assert.deepEqual(shown([new URL('http://a')], [new URL('http://a')]), [])
    assert.deepEqual(shown([[1]], [{ 0: 1 }]).length, 1)
    assert.deepEqual(shown([new Filter(1)], [{ year: 1 }]).length, 1)
    assert.deepEqual(shown([new Map([[{}, 1]])], [new Map([[{}, 2]])]).length, 1)
    assert.deepEqual(shown([0], [-0]), ['args[0]: 0 0'])
  })

  it('ends with values that lead back to themselves', () => {
    const make = (n: number) => {
      const ring: Record<string, unknown> = { n }
      ring.self = ring
      return [ring]
    }
    assert.deepEqual(shown(make(1), make(2)), ['args[0].n: 1 2'])
  })

  it('stops when it has found enough, and compares what is very large as a whole', () => {
    assert.equal(shown([1, 2, 3], [4, 5, 6], 2).length, 2)
    const long = Array.from({ length: 20_000 }, (_, i) => [i])
    const other = long.map(([n]) => [n === 19_999 ? -1 : n])
    assert.deepEqual(
      differencesOf(long, other, { path: 'x', most: 5 }).map(({ path }) => path),
      ['x[19999]'],
    )
  })

  it('runs no code of the values', () => {
    const mine = () => assert.fail('it ran')
    const trap = new Proxy(
      {},
      { get: mine, ownKeys: mine, getOwnPropertyDescriptor: mine, getPrototypeOf: mine },
    )
    const getter = Object.defineProperty({ a: 1 }, 'b', { get: mine, enumerable: true })
    assert.deepEqual(shown([trap, getter], [{}, { a: 1 }]), [])
  })
})

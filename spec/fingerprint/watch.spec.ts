import assert from 'node:assert/strict'
import { propertiesAt, watch } from '../../lib/fingerprint/watch.ts'

/** Where `change` changes `value`. */
function changesOf<T>(value: T, change: (value: T) => void): readonly string[] | undefined {
  const changes = watch(value)
  change(value)
  return changes()
    ?.map(path => path.join('.'))
    .sort()
}

describe('watch', () => {
  it('tells which properties hold something else, those that came and went among them', () => {
    const value = { a: 1, deep: { b: 2, list: [1, 2] }, gone: 1, same: { c: 1 } }
    const found = changesOf(value as Record<string, unknown> & typeof value, each => {
      each.a = 2
      each.deep.b += 1
      each.deep.list[1] = 5
      Reflect.deleteProperty(each, 'gone')
      Object.assign(each, { come: 1 })
    })
    assert.deepEqual(found, ['a', 'come', 'deep.b', 'deep.list.1', 'gone'])
  })

  it('follows instances, shared parts and circles', () => {
    class Bar {
      done = 0
      total: number
      self: Bar = this
      constructor(total: number) {
        this.total = total
      }
    }
    const bar = new Bar(3)
    assert.deepEqual(
      changesOf({ first: bar, second: bar }, ({ second }) => {
        second.done += 1
      }),
      ['first.done'],
    )
  })

  it('knows what is not listed, and getters that replace themselves', () => {
    const schema = Object.defineProperty({}, '_def', {
      value: {
        get shape() {
          return Object.defineProperty(this, 'shape', { value: { x: 1 } }).shape
        },
      },
    }) as { _def: { shape: object } }
    assert.deepEqual(
      changesOf(schema, ({ _def }) => _def.shape),
      ['_def.shape'],
    )
  })

  it('tells a getter from another that takes its place', () => {
    const value = Object.defineProperty({}, 'x', { get: () => 1, configurable: true })
    assert.deepEqual(
      changesOf(value, each => {
        Object.defineProperty(each, 'x', { get: () => 2 })
      }),
      ['x'],
    )
  })

  it('takes a Map or Set as a whole', () => {
    const value = { seen: new Set([1]), table: new Map([['a', 1]]), other: new Map([['a', 1]]) }
    assert.deepEqual(
      changesOf(value, ({ seen, table }) => {
        seen.add(2)
        table.set('a', 2)
      }),
      ['seen', 'table'],
    )
  })

  it('gives nothing where all of a value has changed, or it cannot tell where', () => {
    assert.equal(
      changesOf(new Map([['a', 1]]), map => map.clear()),
      undefined,
    )
    assert.equal(
      changesOf(new Float64Array(4_000), array => array.fill(1)),
      undefined,
    )
    assert.equal(
      changesOf(7, () => {}),
      undefined,
    )
    const many = Array.from({ length: 100 }, () => 0)
    assert.equal(
      changesOf(many, list => list.fill(1)),
      undefined,
    )
    const large = Array.from({ length: 3_000 }, () => ({ n: 0 }))
    assert.equal(
      changesOf(large, list => {
        for (const each of list.slice(0, 1)) each.n = 1
      }),
      undefined,
    )
  })

  it('runs nothing of the value', () => {
    const trap = () => assert.fail('asked')
    const proxy = new Proxy({}, { ownKeys: trap, get: trap, getOwnPropertyDescriptor: trap })
    const value = Object.defineProperty({ proxy, n: 0 }, 'asked', { get: trap, enumerable: true })
    assert.deepEqual(
      changesOf(value, each => {
        each.n = 1
      }),
      ['n'],
    )
  })
})

describe('propertiesAt', () => {
  it('finds who has the properties that paths lead to', () => {
    const value = { a: { b: 1, c: 2 }, n: 1 }
    const found = propertiesAt(value, [['a', 'b'], ['a', 'c'], ['n'], ['nobody', 'x'], []])
    assert.deepEqual(
      found,
      new Map<object, Set<string>>([
        [value.a, new Set(['b', 'c'])],
        [value, new Set(['n'])],
      ]),
    )
  })
})

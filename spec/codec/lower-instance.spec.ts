import assert from 'node:assert/strict'
import { Attachments } from '../../lib/codec/attachments.ts'
import { registerClass } from '../../lib/codec/class-registry.ts'
import { BASE, EXTENSION } from '../../lib/codec/extensions.ts'
import { lower } from '../../lib/codec/lower.ts'
import { referenceTo } from '../../lib/codec/lowering.ts'
import { marker } from '../../lib/codec/marker.ts'

class Point {
  x = 1
  next: unknown = undefined
}
class Counts extends Map<unknown, unknown> {
  label = 'counts'
  override forEach(): void {
    assert.fail('ran a method of the class')
  }
}
class Tags extends Set<unknown> {}
class Row extends Array<unknown> {}
class Failure extends TypeError {}
class Meters {
  readonly #length: unknown
  constructor(length: unknown) {
    this.#length = length
  }
  static stateOf(meters: Meters): unknown {
    return meters.#length
  }
}

const lowered = (value: unknown) => lower(value, 'result', new Attachments())
const instance = (cls: { readonly name: string }, base: number) => [
  marker(EXTENSION.INSTANCE),
  `lower-instance.spec ${cls.name}`,
  base,
]

describe('lowerInstance', () => {
  before(() => {
    for (const cls of [Point, Counts, Tags, Row, Failure]) {
      registerClass(cls as typeof Point, { name: `lower-instance.spec ${cls.name}` })
    }
    const encode = (meters: Meters) => Meters.stateOf(meters)
    registerClass(Meters, { name: 'lower-instance.spec Meters', encode, decode: state => new Meters(state) })
  })

  it('writes name, base, and how many properties before the properties', () => {
    const point = Object.assign(new Point(), { next: 'b' })
    assert.deepEqual(lowered(point), [[...instance(Point, BASE.OBJECT), 2, 'x', 1, 'next', 'b']])
  })

  it('writes what a Map or Set holds behind its own properties, and runs none of its methods', () => {
    const counts = new Counts([['a', 1]])
    assert.deepEqual(lowered(counts), [[...instance(Counts, BASE.MAP), 1, 'label', 'counts', 'a', 1]])
    assert.deepEqual(lowered(new Tags(['a', 'b'])), [[...instance(Tags, BASE.SET), 0, 'a', 'b']])
  })

  it('writes an array with its length, and an error with what is hidden, as those of the language', () => {
    const row = Object.assign(Row.of('a', 'b'), { unit: 'm' })
    assert.deepEqual(lowered(row), [[...instance(Row, BASE.ARRAY), 2, 0, 'a', 1, 'b', 'unit', 'm']])
    const failure = new Failure('m')
    Reflect.deleteProperty(failure, 'stack')
    assert.deepEqual(lowered(failure), [[...instance(Failure, BASE.ERROR), 'message', true, 'm']])
  })

  it('puts what a class encodes itself into the table, with the name and the state', () => {
    assert.deepEqual(lowered([new Meters(5)]), [
      [referenceTo(1)],
      [marker(EXTENSION.CUSTOM), 'lower-instance.spec Meters', 5],
    ])
    assert.deepEqual(lowered(new Meters('root')), [
      [marker(EXTENSION.CUSTOM), 'lower-instance.spec Meters', 'root'],
    ])
  })

  it('names what its state cannot hold by the way through encode', () => {
    assert.throws(() => lowered({ a: new Meters(Symbol('s')) }), {
      message: /^Cannot keep lower-instance\.spec Meters\.encode\(result\.a\): it is a symbol/,
    })
  })

  it('refuses what has the prototype alone, and so nothing that the base holds', () => {
    assert.throws(() => lowered([Object.create(Counts.prototype)]), {
      code: 'ERR_CACHE_UNENCODABLE',
      message:
        /^Cannot keep result\[0\]: it has the prototype of lower-instance\.spec Counts, but was not made/,
    })
  })
})

import assert from 'node:assert/strict'
import { registerClass } from '../../lib/codec/class-registry.ts'
import { BASE, EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { fillInstance, instanceShell, raiseCustom } from '../../lib/codec/raise-instance.ts'
import type { Marker, Raising } from '../../lib/codec/raising.ts'

class Point {
  x: number
  constructor() {
    this.x = assert.fail('ran the constructor')
  }
}
class Counts extends Map<unknown, unknown> {
  override set(): this {
    return assert.fail('ran a method of the class')
  }
}
class Tags extends Set<unknown> {
  override add(): this {
    return assert.fail('ran a method of the class')
  }
}
class Row extends Array<unknown> {}
class Failure extends Error {}
class Meters {
  readonly length: unknown
  constructor(length: unknown) {
    this.length = length
  }
}

const CLASSES = { Point, Counts, Tags, Row, Failure }
const RAISING: Raising = {
  values: [],
  ready: [],
  attached: { bytes: new Uint8Array(0), start: 0, end: 0, taken: 0 },
  build: (_, node) => `built ${String(node)}`,
}

function node(name: string, ...contents: unknown[]): Marker {
  return [new Extension(EXTENSION.INSTANCE, new Uint8Array(0)), `raise-instance.spec ${name}`, ...contents]
}

function raised(...parts: Parameters<typeof node>): object {
  const shell = instanceShell(node(...parts))
  fillInstance(RAISING, node(...parts), shell)
  return shell
}

describe('raise-instance', () => {
  before(() => {
    for (const cls of Object.values(CLASSES)) {
      registerClass(cls as typeof Point, { name: `raise-instance.spec ${cls.name}` })
    }
    const decode = (state: unknown) => {
      if (state === 'built bad') throw new Error('bad state')
      return new Meters(state)
    }
    registerClass(Meters, { name: 'raise-instance.spec Meters', encode: ({ length }) => length, decode })
  })

  it('makes a genuine instance of every base without running the constructor', () => {
    for (const [name, base] of Object.entries({ Point: 0, Counts: 1, Tags: 2, Row: 3, Failure: 4 })) {
      const shell = instanceShell(node(name, base))
      assert.equal(Object.getPrototypeOf(shell), CLASSES[name as keyof typeof CLASSES].prototype)
      assert.deepEqual(Reflect.ownKeys(shell), base === BASE.ARRAY ? ['length'] : [])
    }
    assert.equal((instanceShell(node('Counts', BASE.MAP)) as Counts).size, 0)
    assert.equal(Object.prototype.toString.call(instanceShell(node('Failure', BASE.ERROR))), '[object Error]')
  })

  it('fills in as many properties as are counted, and takes the rest for what a Map or Set holds', () => {
    assert.deepEqual({ ...raised('Point', BASE.OBJECT, 1, 'x', 5) }, { x: 'built 5' })
    const counts = raised('Counts', BASE.MAP, 1, 'unit', 'm', 'a', 1) as Counts
    assert.deepEqual([{ ...counts }, ...counts], [{ unit: 'built m' }, ['built a', 'built 1']])
    const tags = raised('Tags', BASE.SET, 0, 'a', 'b') as Tags
    assert.deepEqual([{ ...tags }, ...tags], [{}, 'built a', 'built b'])
  })

  it('fills arrays by index, and errors with what is hidden', () => {
    assert.deepEqual([...(raised('Row', BASE.ARRAY, 2, 0, 'a', 1, 'b') as Row)], ['built a', 'built b'])
    const failure = raised('Failure', BASE.ERROR, 'message', true, 'm') as Failure
    assert.deepEqual([failure.message, Object.keys(failure)], ['built m', []])
  })

  it('refuses a count that the contents do not bear out, and contents that nothing counts', () => {
    assert.throws(() => raised('Point', BASE.OBJECT, 2, 'x', 5), RangeError)
    assert.throws(() => raised('Point', BASE.OBJECT, 0, 'x', 5), RangeError)
  })

  it('asks the class itself where it has a decode, with the state built, and keeps what that threw', () => {
    assert.deepEqual(raiseCustom(RAISING, node('Meters', 5)), new Meters('built 5'))
    assert.throws(
      () => raiseCustom(RAISING, node('Meters', 'bad')),
      ({ code, cause }: { code: string; cause: Error }) =>
        code === 'ERR_CACHE_UNDECODABLE' && cause.message === 'bad state',
    )
  })

  it('says so where the registration is another than it was, or none', () => {
    const anotherWay = /was kept in another way/
    assert.throws(() => instanceShell(node('Point', BASE.MAP)), anotherWay)
    assert.throws(() => instanceShell(node('Meters', BASE.OBJECT)), anotherWay)
    assert.throws(() => raiseCustom(RAISING, node('Point', 5)), anotherWay)
    for (const act of [instanceShell, (unknown: Marker) => raiseCustom(RAISING, unknown)]) {
      assert.throws(() => act(node('Unknown', 0)), {
        code: 'ERR_CACHE_UNDECODABLE',
        message: /registerClass/,
      })
    }
  })
})

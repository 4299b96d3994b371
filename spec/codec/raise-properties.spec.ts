import assert from 'node:assert/strict'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { lowerString } from '../../lib/codec/leaf.ts'
import {
  fillArray,
  fillErrorProperties,
  fillItems,
  fillPairs,
  fillProperties,
} from '../../lib/codec/raise-properties.ts'
import type { Marker, Raising } from '../../lib/codec/raising.ts'

const RAISING: Raising = {
  values: [],
  ready: [],
  attached: { bytes: new Uint8Array(0), start: 0, end: 0, taken: 0 },
  // Marks what went through it.
  build: (_, node) => `built ${String(node)}`,
}
const node = (...contents: unknown[]): Marker => [
  new Extension(EXTENSION.OBJECT, new Uint8Array(0)),
  ...contents,
]

describe('fillProperties', () => {
  const fill = (target: object, end: number, ...contents: unknown[]) => {
    fillProperties(RAISING, node(...contents), { start: 1, end }, target)
    return target
  }

  it('defines what lies between start and end, as a program would have assigned it', () => {
    const target = fill({}, 5, 'a', 1, lowerString('\ud800'), 2, 'b', 3)
    assert.deepEqual(target, { a: 'built 1', '\ud800': 'built 2' })
    assert.deepEqual(Object.getOwnPropertyDescriptor(target, 'a'), {
      value: 'built 1',
      enumerable: true,
      writable: true,
      configurable: true,
    })
  })

  it('makes `__proto__` a property, and runs no setter', () => {
    const setter = Object.create({
      set a(_: unknown) {
        assert.fail('ran a setter')
      },
    }) as object
    assert.deepEqual(Object.entries(fill(setter, 5, '__proto__', 1, 'a', 2)), [
      ['__proto__', 'built 1'],
      ['a', 'built 2'],
    ])
  })

  it('refuses a key without value, and a key that is no text', () => {
    assert.throws(() => fill({}, 2, 'a'), RangeError)
    assert.throws(() => fill({}, 3, 1, 2), RangeError)
  })
})

describe('fillErrorProperties', () => {
  it('takes what is hidden from the body, not from the name', () => {
    const error = new Error()
    fillErrorProperties(RAISING, node('message', false, 'm', 'code', true, 'E'), 1, error)
    assert.deepEqual(Object.keys(error), ['message'])
    assert.equal(Object.getOwnPropertyDescriptor(error, 'code')?.value, 'built E')
  })

  it('refuses what is neither hidden nor not, and what is cut off', () => {
    for (const bad of [node('a', 0, 1), node('a', true), node('a', null, 1)]) {
      assert.throws(() => fillErrorProperties(RAISING, bad, 1, {}), RangeError)
    }
    assert.throws(() => fillErrorProperties(RAISING, node(), 4, {}), RangeError)
  })
})

describe('fillArray', () => {
  const fill = (...contents: unknown[]) => {
    const array: unknown[] = []
    fillArray(RAISING, node(...contents), 1, array)
    return array
  }

  it('sets the length, the elements, and what is no element', () => {
    const expected: unknown[] = Object.assign(new Array(4), { 2: 'built c', note: 'built n' })
    assert.deepEqual(fill(4, 2, 'c', 'note', 'n'), expected)
    assert.deepEqual(fill(2 ** 32 - 1, 7, 'x').length, 2 ** 32 - 1)
  })

  it('refuses lengths that arrays cannot have, and indices beyond the length', () => {
    for (const bad of [
      [],
      [2 ** 32],
      [-1],
      [0.5],
      ['2'],
      [1, 1, 'x'],
      [1, -1, 'x'],
      [1, 0],
      [1, 'length', 9],
    ]) {
      assert.throws(() => fill(...bad), JSON.stringify(bad))
    }
  })
})

describe('fillPairs and fillItems', () => {
  it('run no method of a class, which would see an instance that is not whole', () => {
    class Own extends Map<unknown, unknown> {
      override set(): this {
        return assert.fail('ran a method of the class')
      }
    }
    class Few extends Set<unknown> {
      override add(): this {
        return assert.fail('ran a method of the class')
      }
    }
    const map = new Own()
    fillPairs(RAISING, node('a', 1), 1, map)
    const set = new Few()
    fillItems(RAISING, node('a'), 1, set)
    assert.deepEqual([map.size, set.size], [1, 1])
  })

  it('build keys, values and elements, and keep their order', () => {
    const map = new Map<unknown, unknown>()
    fillPairs(RAISING, node('b', 1, 'a', 2), 1, map)
    assert.deepEqual(
      [...map],
      [
        ['built b', 'built 1'],
        ['built a', 'built 2'],
      ],
    )
    const set = new Set<unknown>()
    fillItems(RAISING, node('b', 'a'), 1, set)
    assert.deepEqual([...set], ['built b', 'built a'])
    assert.throws(() => fillPairs(RAISING, node('b'), 1, map), RangeError)
  })
})

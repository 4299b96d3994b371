import assert from 'node:assert/strict'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { fillMarker } from '../../lib/codec/raise-contents.ts'
import type { Marker, Raising } from '../../lib/codec/raising.ts'

const RAISING: Raising = {
  values: [],
  ready: [],
  attached: { bytes: new Uint8Array(0), start: 0, end: 0, taken: 0 },
  // Marks what went through it: every value is to be built, no key of an object is.
  build: (_, node) => `built ${String(node)}`,
}

function filled<T extends object>(value: T, type: number, ...contents: unknown[]): T {
  const node: Marker = [new Extension(type, new Uint8Array(0)), ...contents]
  fillMarker(RAISING, node, value)
  return value
}

describe('fillMarker', () => {
  it('begins right behind the marker where the shell took nothing', () => {
    assert.deepEqual(
      filled([] as unknown[], EXTENSION.ARRAY, 2, 1, 'a'),
      Object.assign(new Array(2), { 1: 'built a' }),
    )
    assert.deepEqual(filled({}, EXTENSION.OBJECT, 'a', 1), { a: 'built 1' })
    assert.deepEqual(
      { ...filled(Object.create(null) as object, EXTENSION.NULL_PROTOTYPE, 'a', 1) },
      { a: 'built 1' },
    )
    assert.deepEqual(filled(new Map(), EXTENSION.MAP, 'a', 1), new Map([['built a', 'built 1']]))
    assert.deepEqual(filled(new Set(), EXTENSION.SET, 'a', 1), new Set(['built a', 'built 1']))
  })

  it('begins behind the class number of an error', () => {
    const error = filled({}, EXTENSION.ERROR, 3, 'message', true, 'm', 'code', false, 'E')
    assert.deepEqual(Object.getOwnPropertyDescriptors(error), {
      message: { value: 'built m', enumerable: false, writable: true, configurable: true },
      code: { value: 'built E', enumerable: true, writable: true, configurable: true },
    })
  })

  it('begins behind message and name of a DOMException', () => {
    assert.deepEqual(filled({}, EXTENSION.DOM_EXCEPTION, 'm', 'AbortError', 'a', false, 1), { a: 'built 1' })
  })

  it('leaves alone what was complete as a shell', () => {
    for (const type of [EXTENSION.REGEXP, EXTENSION.BOXED, EXTENSION.URL, EXTENSION.VIEW]) {
      assert.deepEqual(filled({}, type, 'a', 'b'), {})
    }
  })
})

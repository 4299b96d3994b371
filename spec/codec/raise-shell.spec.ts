import assert from 'node:assert/strict'
import { ERROR_CLASSES, EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { lowerLeaf } from '../../lib/codec/leaf.ts'
import { isWaitingView, shellOf } from '../../lib/codec/raise-shell.ts'
import type { Marker, Raising } from '../../lib/codec/raising.ts'
import { assertSame } from '../support/same.ts'

const RAISING: Raising = {
  values: [],
  ready: [],
  attached: { bytes: new Uint8Array(0), start: 0, end: 0, taken: 0 },
  build: () => assert.fail('a shell has no contents yet'),
}
const node = (type: number, ...contents: unknown[]): Marker => [
  new Extension(type, new Uint8Array(0)),
  ...contents,
]
const shell = (type: number, ...contents: unknown[]) => shellOf(RAISING, node(type, ...contents))

describe('shellOf', () => {
  it('makes what can lead back to itself empty, whatever it will hold', () => {
    assertSame(shell(EXTENSION.ARRAY, 3, 0, 'a'), [])
    assertSame(shell(EXTENSION.OBJECT, '__proto__', 1), {})
    assertSame(shell(EXTENSION.NULL_PROTOTYPE, 'a', 1), Object.create(null))
    assertSame(shell(EXTENSION.MAP, 'a', 1), new Map())
    assertSame(shell(EXTENSION.SET, 'a'), new Set())
  })

  it('makes an error of its class by number, without message and stack', () => {
    for (const [number, cls] of ERROR_CLASSES.entries()) {
      const error = shell(EXTENSION.ERROR, number, 'message', true, 'm')
      assert.equal(Object.getPrototypeOf(error), cls.prototype)
      assert.deepEqual(Reflect.ownKeys(error), [])
    }
    assert.throws(() => shell(EXTENSION.ERROR, ERROR_CLASSES.length), RangeError)
  })

  it('makes a DOMException with what cannot be set later: message and name', () => {
    const error = shell(EXTENSION.DOM_EXCEPTION, 'm', 'AbortError', 'stack', true, 's') as DOMException
    assert.deepEqual([error.message, error.name, error.code], ['m', 'AbortError', 20])
    assert.deepEqual(Reflect.ownKeys(error), [])
  })

  it('makes what cannot lead back to itself complete', () => {
    assertSame(shell(EXTENSION.REGEXP, 'a\\n', 'gy', 2), Object.assign(/a\n/gy, { lastIndex: 2 }))
    assertSame(shell(EXTENSION.REGEXP, 'a', '', lowerLeaf(-0)), Object.assign(/a/, { lastIndex: -0 }))
    assertSame(shell(EXTENSION.BOXED, lowerLeaf(-5n)), Object(-5n))
    assertSame(shell(EXTENSION.BOXED, 'text'), Object('text'))
    assertSame(shell(EXTENSION.URL, 'http://a/?b=1'), new URL('http://a/?b=1'))
    assertSame(shell(EXTENSION.URL_SEARCH_PARAMS, 'a=1&a=2'), new URLSearchParams('a=1&a=2'))
    assertSame(shell(EXTENSION.ARRAY_BUFFER, Uint8Array.of(1)), Uint8Array.of(1).buffer)
    assertSame(shell(EXTENSION.VIEW, 13, Uint8Array.of(1)), Buffer.from([1]))
  })

  it('refuses a marker that stands for no object, or only in the table, or has other contents', () => {
    for (const bad of [
      node(99),
      node(EXTENSION.CUSTOM, 'name', 1),
      node(EXTENSION.URL),
      node(EXTENSION.URL, 'http://a', 'more'),
      node(EXTENSION.URL_SEARCH_PARAMS, 1),
      node(EXTENSION.REGEXP, 'a', ''),
      node(EXTENSION.REGEXP, 'a', '', 'b'),
      node(EXTENSION.BOXED, null),
      node(EXTENSION.BOXED, lowerLeaf(undefined)),
      node(EXTENSION.DOM_EXCEPTION, 'm'),
    ]) {
      assert.throws(() => shellOf(RAISING, bad), RangeError)
    }
  })
})

describe('isWaitingView', () => {
  it('tells a view of another entry, which needs that first', () => {
    assert.equal(isWaitingView(node(EXTENSION.VIEW_ON, 2, 1, 0, 0)), true)
    for (const other of [node(EXTENSION.VIEW, 2, 1), [1, ...node(EXTENSION.VIEW_ON)], [], {}, 'text']) {
      assert.equal(isWaitingView(other), false)
    }
  })
})

import assert from 'node:assert/strict'
import { encode } from '../../lib/codec/codec.ts'
import { BASE, EXTENSION, Extension, FIRST_MARKER } from '../../lib/codec/extensions.ts'
import { unpack } from '../../lib/codec/messagepack.ts'
import { textOf } from '../support/repository.ts'

// Written out a second time on purpose: bytes with these numbers lie on disks, so none of them ever changes.
const TYPES: readonly (readonly [number: number, constant: keyof typeof EXTENSION, documented: RegExp])[] = [
  [0, 'UNDEFINED', /^undefined$/],
  [1, 'NEGATIVE_ZERO', /^-0$/],
  [2, 'BIGINT', /^bigint$/],
  [3, 'UTF16', /^UTF-16 string$/],
  [4, 'DATE', /^Date$/],
  [5, 'REFERENCE', /^reference$/],
  [32, 'ARRAY', /^array with holes/],
  [33, 'NULL_PROTOTYPE', /^null-prototype object$/],
  [34, 'OBJECT', /^object with a key/],
  [35, 'MAP', /^Map$/],
  [36, 'SET', /^Set$/],
  [37, 'REGEXP', /^RegExp$/],
  [38, 'BOXED', /^boxed primitive$/],
  [39, 'URL', /^URL$/],
  [40, 'URL_SEARCH_PARAMS', /^URLSearchParams$/],
  [41, 'ARRAY_BUFFER', /^ArrayBuffer$/],
  [42, 'VIEW', /^view by itself$/],
  [43, 'VIEW_ON', /^view of a shared ArrayBuffer$/],
  [44, 'ERROR', /^standard error$/],
  [45, 'DOM_EXCEPTION', /^DOMException$/],
  [46, 'INSTANCE', /^instance of a registered class$/],
  [47, 'CUSTOM', /^instance of a class with its own/],
]

describe('EXTENSION', () => {
  it('has these numbers, each for one thing', () => {
    assert.deepEqual({ ...EXTENSION }, Object.fromEntries(TYPES.map(([number, name]) => [name, number])))
    assert.equal(new Set(Object.values(EXTENSION)).size, TYPES.length)
  })

  it('is what docs/reference/codec-format.md lists, in its order', () => {
    const rows = [...textOf('docs/reference/codec-format.md').matchAll(/^\| (\d+) +\| (.+?) +\|/gm)]
    assert.deepEqual(
      rows.map(([, number]) => Number(number)),
      TYPES.map(([number]) => number),
    )
    for (const [index, [, , documented]] of TYPES.entries()) assert.match(rows[index]![2]!, documented)
  })

  it('has its markers from 32 on, within what MessagePack leaves to applications', () => {
    assert.equal(FIRST_MARKER, 32)
    for (const [number, name] of TYPES) {
      assert.equal(number >= FIRST_MARKER, number > EXTENSION.REFERENCE, name)
      assert.ok(number <= 127)
    }
  })
})

describe('Extension', () => {
  it('is what stands in a body, with its number and its bytes', () => {
    const body = encode(['first', -5n]).subarray(1)
    const [[, bigint]] = unpack(body) as [[string, Extension]]
    assert.deepEqual(bigint, new Extension(EXTENSION.BIGINT, Uint8Array.of(1, 5)))
  })
})

describe('BASE', () => {
  it('has these numbers, and docs/reference/codec-format.md the same', () => {
    assert.deepEqual({ ...BASE }, { OBJECT: 0, MAP: 1, SET: 2, ARRAY: 3, ERROR: 4 })
    const [, listed = ''] =
      /^Bases of instances [^:]+: (.+?)\n\n/ms.exec(textOf('docs/reference/codec-format.md')) ?? []
    assert.deepEqual(
      listed.split('·').map(item => /^\s*(\d+ \w+)/.exec(item)?.[1]),
      ['0 object', '1 Map', '2 Set', '3 Array', '4 Error'],
    )
  })
})

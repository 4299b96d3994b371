import assert from 'node:assert/strict'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { lowerLeaf } from '../../lib/codec/leaf.ts'
import { referenceTo } from '../../lib/codec/lowering.ts'
import { countAt, expectSize, isMarker, type Raising, resolve, textAt } from '../../lib/codec/raising.ts'

const run = (values: unknown[], ready: boolean[]): Raising => ({
  values,
  ready,
  attached: { bytes: new Uint8Array(0), start: 0, end: 0, taken: 0 },
  build: (_, node) => node,
})
const date = (...bytes: number[]) => new Extension(EXTENSION.DATE, Uint8Array.from(bytes))

describe('resolve', () => {
  it('gives the value of the entry that a reference leads to, once it is there', () => {
    const value = {}
    const raising = run([undefined, value, {}], [false, true])
    assert.equal(resolve(raising, referenceTo(1)), value)
    for (const index of [0, 2, 3]) assert.throws(() => resolve(raising, referenceTo(index)), RangeError)
  })

  it('gives a Date of its own for each leaf, from eight bytes wherever they lie', () => {
    const bytes = Uint8Array.of(0, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0)
    const leaf = new Extension(EXTENSION.DATE, bytes.subarray(1))
    const raising = run([], [])
    assert.deepEqual(resolve(raising, leaf), new Date(1))
    assert.notEqual(resolve(raising, leaf), resolve(raising, leaf))
    assert.throws(() => resolve(raising, date(0, 0, 0)), RangeError)
  })

  it('gives the primitive of every other leaf, and refuses a marker', () => {
    assert.equal(resolve(run([], []), lowerLeaf(5n) as Extension), 5n)
    assert.throws(() => resolve(run([], []), new Extension(EXTENSION.MAP, new Uint8Array(0))), RangeError)
  })
})

describe('isMarker', () => {
  it('tells a marker from an array that begins with a leaf, by the number', () => {
    const beginsWith = (type: number) => isMarker([new Extension(type, new Uint8Array(0))])
    assert.deepEqual([0, 31, 32, 127].map(beginsWith), [false, false, true, true])
    assert.equal(isMarker([]), false)
    assert.equal(isMarker([{ type: 35, data: new Uint8Array(0) }]), false)
  })
})

describe('textAt, countAt and expectSize', () => {
  it('give text, also where MessagePack could not carry it, and nothing else', () => {
    const node = ['text', lowerLeaf('\ud800'), 1, lowerLeaf(1n), lowerLeaf(undefined)]
    assert.deepEqual([textAt(node, 0), textAt(node, 1)], ['text', '\ud800'])
    for (const index of [2, 3, 4, 5]) assert.throws(() => textAt(node, index), RangeError)
  })

  it('give whole numbers from 0 on, and nothing else', () => {
    const node = [0, 2 ** 53 - 1, 2 ** 53, -1, 0.5, Number.NaN, '1', 1n]
    assert.deepEqual([countAt(node, 0), countAt(node, 1)], [0, Number.MAX_SAFE_INTEGER])
    for (const index of [2, 3, 4, 5, 6, 7, 8]) assert.throws(() => countAt(node, index), RangeError)
  })

  it('refuse more contents than there should be, and fewer', () => {
    expectSize([1, 2], 2)
    for (const size of [1, 3]) assert.throws(() => expectSize([1, 2], size), RangeError)
  })
})

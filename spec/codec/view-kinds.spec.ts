import assert from 'node:assert/strict'
import { VIEW_PROTOTYPES, viewKindOf, viewKindWithId } from '../../lib/codec/view-kinds.ts'
import { textOf } from '../support/repository.ts'

// Number, name and size of an element. Numbers are in kept bytes: none is ever given again.
const KINDS: readonly (readonly [id: number, name: string, elementBytes: number])[] = [
  [1, 'Int8Array', 1],
  [2, 'Uint8Array', 1],
  [3, 'Uint8ClampedArray', 1],
  [4, 'Int16Array', 2],
  [5, 'Uint16Array', 2],
  [6, 'Int32Array', 4],
  [7, 'Uint32Array', 4],
  [8, 'Float32Array', 4],
  [9, 'Float64Array', 8],
  [10, 'BigInt64Array', 8],
  [11, 'BigUint64Array', 8],
  [12, 'DataView', 1],
  [13, 'Buffer', 1],
  [14, 'Float16Array', 2],
]
const HERE = KINDS.filter(([, name]) => name in globalThis)

describe('the kinds of views', () => {
  it('have these numbers, as far as this Node has the classes', () => {
    const found = Array.from({ length: 256 }, (_, id) => viewKindWithId(id)).filter(
      kind => kind !== undefined,
    )
    assert.deepEqual(
      found.map(({ id, name, elementBytes }) => [id, name, elementBytes]),
      HERE,
    )
    assert.equal(VIEW_PROTOTYPES.length, HERE.length)
  })

  it('are what docs/reference/codec-format.md lists', () => {
    const [, listed] = /^Kinds of views: ([^.]+)\./m.exec(textOf('docs/reference/codec-format.md')) ?? []
    assert.equal(listed?.replace(/\s+/g, ' '), KINDS.map(([id, name]) => `${id} ${name}`).join(', '))
  })

  it('are found by a number alone', () => {
    for (const id of ['2', 2n, null, undefined, 'constructor', 2.5, -1])
      assert.equal(viewKindWithId(id), undefined)
  })

  it('make the view that was asked for, and know it again', () => {
    const buffer = new ArrayBuffer(32)
    for (const [id] of HERE) {
      const view = viewKindWithId(id)!.view(buffer, 8, 16)
      assert.deepEqual([view.buffer, view.byteOffset, view.byteLength], [buffer, 8, 16])
      assert.equal(viewKindOf(view)?.id, id)
    }
  })
})

describe('viewKindOf', () => {
  it('is undefined for what is another kind underneath, or none', () => {
    const disguised = (view: ArrayBufferView, prototype: object) =>
      Object.setPrototypeOf(view, prototype) as object
    const values = [
      new ArrayBuffer(8),
      Object.create(Uint8Array.prototype) as object,
      disguised(new Uint8Array(1), Int8Array.prototype),
      disguised(new Uint16Array(1), Buffer.prototype),
      disguised(new DataView(new ArrayBuffer(1)), Uint8Array.prototype),
      disguised(new Uint8Array(1), DataView.prototype),
      new (class Own extends Uint8Array {})(1),
    ]
    for (const value of values) assert.equal(viewKindOf(value), undefined)
  })
})

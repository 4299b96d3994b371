import assert from 'node:assert/strict'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { referenceTo } from '../../lib/codec/lowering.ts'
import { raiseBuffer, raiseView, raiseViewOn } from '../../lib/codec/raise-binary.ts'
import type { Marker, Raising } from '../../lib/codec/raising.ts'

const FLOAT64 = 9
const UINT8 = 2

/** A run whose attachments begin at byte 8 of `bytes`, and whose table holds `values`. */
function run(bytes = new Uint8Array(0), ...values: unknown[]): Raising {
  const attached = { bytes, start: 8, end: 8, taken: 0 }
  return { values, ready: values.map(() => true), attached, build: (_, node) => node }
}
const node = (type: number, ...contents: unknown[]): Marker => [
  new Extension(type, new Uint8Array(0)),
  ...contents,
]
const view = (...contents: unknown[]) => node(EXTENSION.VIEW, ...contents)
const viewOn = (...contents: unknown[]) => node(EXTENSION.VIEW_ON, ...contents)

describe('raiseView', () => {
  it('copies inline bytes, so that a small view keeps no file alive', () => {
    const inline = Uint8Array.of(1, 2, 3).subarray(1)
    const raised = raiseView(run(), view(UINT8, inline)) as Uint8Array
    assert.deepEqual(raised, Uint8Array.of(2, 3))
    assert.equal(raised.buffer.byteLength, 2)
  })

  it('views an attachment where it lies, and notes how far it reached', () => {
    const bytes = new Uint8Array(48)
    const raising = run(bytes)
    const raised = raiseView(raising, view(FLOAT64, 8, 16)) as Float64Array
    assert.equal(raised.buffer, bytes.buffer)
    assert.deepEqual([raised.byteOffset, raised.length, raising.attached.end], [16, 2, 32])
  })

  it('copies an attachment that lies where such a view cannot begin', () => {
    const bytes = new Uint8Array(new ArrayBuffer(32), 3, 24).fill(1)
    const raised = raiseView(run(bytes), view(FLOAT64, 0, 16)) as Float64Array
    assert.notEqual(raised.buffer, bytes.buffer)
    assert.deepEqual(new Uint8Array(raised.buffer), new Uint8Array(16).fill(1))
  })

  it('refuses another kind, part of an element, and what lies beyond the bytes', () => {
    const bytes = new Uint8Array(24)
    for (const bad of [
      view(99, bytes),
      view(FLOAT64, new Uint8Array(7)),
      view(UINT8, 0, 17),
      view(UINT8, 17, 0),
    ]) {
      assert.throws(() => raiseView(run(bytes), bad), RangeError)
    }
    assert.equal(raiseView(run(bytes), view(UINT8, 0, 16)).byteLength, 16)
  })
})

describe('raiseBuffer', () => {
  it('copies its bytes, inline or attached: a buffer cannot be a part of another', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index)
    for (const buffer of [
      raiseBuffer(run(), node(EXTENSION.ARRAY_BUFFER, bytes.subarray(8, 12))),
      raiseBuffer(run(bytes), node(EXTENSION.ARRAY_BUFFER, 0, 4)),
    ]) {
      assert.notEqual(buffer, bytes.buffer)
      assert.deepEqual([...new Uint8Array(buffer)], [8, 9, 10, 11])
    }
  })
})

describe('raiseViewOn', () => {
  it('shows a part of the buffer that the reference leads to', () => {
    const buffer = new ArrayBuffer(24)
    const raised = raiseViewOn(run(undefined, 'root', buffer), viewOn(FLOAT64, referenceTo(1), 8, 16))
    assert.ok(raised instanceof Float64Array)
    assert.deepEqual([raised.buffer, raised.byteOffset, raised.byteLength], [buffer, 8, 16])
  })

  it('refuses what is no buffer, and a part that does not lie in it or within elements', () => {
    const raising = run(undefined, { byteLength: 99 }, new ArrayBuffer(24))
    for (const bad of [
      viewOn(UINT8, referenceTo(0), 0, 1),
      viewOn(UINT8, new ArrayBuffer(9), 0, 1),
      viewOn(UINT8, referenceTo(1), 20, 5),
      viewOn(FLOAT64, referenceTo(1), 4, 8),
      viewOn(FLOAT64, referenceTo(1), 8, 4),
      viewOn(UINT8, referenceTo(1), 0, 1, 'more'),
    ]) {
      assert.throws(() => raiseViewOn(raising, bad), RangeError)
    }
  })
})

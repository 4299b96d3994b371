import assert from 'node:assert/strict'
import { ByteWriter } from '../../lib/keys/byte-writer.ts'
import { sha256 } from '../../lib/keys/sha256.ts'
import { COLLAPSE_BYTES, childStep, NONE, type Shape, writeHeader } from '../../lib/keys/shape.ts'
import { TAG } from '../../lib/keys/tags.ts'

const EMPTY: Shape = {
  tag: 0x7f,
  head: NONE,
  raw: undefined,
  children: NONE,
  items: 0,
  entries: 0,
  entrySize: 1,
  names: NONE,
  labels: undefined,
}
const headerOf = (shape: Partial<Shape>) => {
  const writer = new ByteWriter()
  writeHeader(writer, { ...EMPTY, ...shape })
  return [...writer.since(0)]
}
const float = (value: number) => [TAG.number, ...new Uint8Array(Float64Array.of(value).buffer)]

describe('writeHeader', () => {
  it('writes the tag, and that nothing follows, for what is empty', () => {
    assert.deepEqual(headerOf({}), [0x7f, 0])
  })

  it('writes which sections follow, and each with its length before it', () => {
    assert.deepEqual(headerOf({ head: [true, null] }), [0x7f, 1, 2, 0, 0, 0, TAG.true, TAG.null])
    assert.deepEqual(headerOf({ raw: Uint8Array.of(7, 8) }), [0x7f, 2, ...float(2), 7, 8])
    assert.deepEqual(headerOf({ items: 258 }), [0x7f, 4, 2, 1, 0, 0])
    assert.deepEqual(headerOf({ entries: 3, entrySize: 2 }), [0x7f, 8, 3, 0, 0, 0])
    assert.deepEqual(headerOf({ names: ['a', 'b'] }), [0x7f, 16, 2, 0, 0, 0])
  })

  it('writes all of them in one order', () => {
    const all = { head: [null], raw: new Uint8Array(0), items: 1, entries: 2, names: ['a', 'b', 'c'] }
    const counts = [1, 2, 3].flatMap(count => [count, 0, 0, 0])
    assert.deepEqual(headerOf(all), [0x7f, 31, 1, 0, 0, 0, TAG.null, ...float(0), ...counts])
  })

  it('writes content beyond COLLAPSE_BYTES as its length and sha256', () => {
    for (const [size, collapses] of [
      [COLLAPSE_BYTES, false],
      [COLLAPSE_BYTES + 1, true],
    ] as const) {
      const raw = new Uint8Array(size).fill(5)
      assert.deepEqual(headerOf({ raw }), [0x7f, 2, ...float(size), ...(collapses ? sha256(raw) : raw)])
    }
  })
})

describe('childStep', () => {
  it('calls items by index, or by what they are labelled', () => {
    const shape = { ...EMPTY, children: [1, 2], items: 2 }
    assert.equal(childStep(shape, 1), '[1]')
    assert.equal(childStep({ ...shape, labels: ['.__proto__', '.#secret'] }, 1), '.#secret')
  })

  it('calls the entries of a Set by number, and those of a Map by their key where it can be written', () => {
    assert.equal(childStep({ ...EMPTY, children: ['a', 'b'], entries: 2 }, 1), '.values()[1]')
    const map: Shape = { ...EMPTY, children: ['a"', 1, {}, 2, 5, 3], entries: 3, entrySize: 2 }
    assert.deepEqual(
      map.children.map((_, index) => childStep(map, index)),
      ['.keys()[0]', '.get("a\\"")', '.keys()[1]', '.values()[1]', '.keys()[2]', '.get(5)'],
    )
  })

  it('calls fields, which come last, by name', () => {
    const shape: Shape = {
      ...EMPTY,
      children: [0, 'k', 'v', 1, 2],
      items: 1,
      entries: 1,
      entrySize: 2,
      names: ['a', 'b c'],
    }
    assert.deepEqual([childStep(shape, 3), childStep(shape, 4)], ['.a', '["b c"]'])
  })
})

import assert from 'node:assert/strict'
import { ByteWriter } from '../../lib/keys/byte-writer.ts'
import { encodingFor, NO_POLICY } from '../../lib/keys/encoding.ts'
import { TAG } from '../../lib/keys/tags.ts'
import { writeOnce } from '../../lib/keys/write-once.ts'
import { lenient } from './policies.ts'

describe('writeOnce', () => {
  it('writes a tree, and anew what turns out to contain itself', () => {
    const loop: Record<string, unknown> = { a: 1 }
    loop.self = loop
    for (const [value, tag] of [
      [{ a: 1 }, TAG.object],
      [loop, TAG.cyclic],
    ] as const) {
      // biome-ignore format: one line
      const writer = new ByteWriter()
      writer.uint8(7)
      writeOnce({ writer, value, root: 'key' }, NO_POLICY)
      assert.deepEqual([...writer.since(0)].slice(0, 2), [7, tag])
    }
  })

  it('notes what it meets once, also where it had to begin anew', () => {
    const counter = { n: 1 }
    const loop: Record<string, unknown> = { counter }
    loop.self = loop
    const encoding = encodingFor(lenient({ leftOutOf: object => (object === counter ? 'all' : undefined) }))
    writeOnce({ writer: new ByteWriter(), value: loop, root: 'key' }, encoding)
    assert.deepEqual(encoding.notes, [{ kind: 'left-out', path: '.counter', type: 'Object' }])
  })
})

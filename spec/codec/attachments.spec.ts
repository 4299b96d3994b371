import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Attachments } from '../../lib/codec/attachments.ts'

describe('Attachments', () => {
  it('gives each its place at a multiple of 8, and ends where the last one ends', () => {
    const attachments = new Attachments()
    assert.equal(attachments.sizeBytes, 0)
    const offsets = [3, 8, 1, 16].map(size => attachments.add(new Uint8Array(size)))
    assert.deepEqual(offsets, [0, 8, 16, 24])
    assert.equal(attachments.sizeBytes, 40)
    attachments.add(new Uint8Array(5))
    assert.equal(attachments.sizeBytes, 45)
  })

  it('writes nothing between them', () => {
    const attachments = new Attachments()
    for (const bytes of [[1, 2, 3], [4]]) attachments.add(Uint8Array.from(bytes))
    const target = new Uint8Array(12).fill(0xff)
    attachments.writeTo(target, 2)
    assert.deepEqual([...target], [0xff, 0xff, 1, 2, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 4, 0xff])
  })

  it('copies no bytes before they are written', () => {
    const attachments = new Attachments()
    const bytes = Uint8Array.of(1)
    attachments.add(bytes)
    bytes[0] = 2
    const target = new Uint8Array(1)
    attachments.writeTo(target, 0)
    assert.deepEqual([...target], [2])
  })

  it('lays any contents where it said, one behind the other', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })), fc.nat(20), (parts, start) => {
        const attachments = new Attachments()
        const offsets = parts.map(part => attachments.add(part))
        const target = new Uint8Array(start + attachments.sizeBytes)
        attachments.writeTo(target, start)
        for (const [index, part] of parts.entries()) {
          const from = start + offsets[index]!
          assert.deepEqual(target.slice(from, from + part.length), part)
        }
      }),
    )
  })
})

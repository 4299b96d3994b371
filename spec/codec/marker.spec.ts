import assert from 'node:assert/strict'
import { encode } from '../../lib/codec/codec.ts'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { marker } from '../../lib/codec/marker.ts'
import { isMarker } from '../../lib/codec/raising.ts'

describe('marker', () => {
  it('is an extension with its number and no data', () => {
    assert.deepEqual(marker(EXTENSION.MAP), new Extension(35, new Uint8Array(0)))
  })

  it('is known again as the first element of its contents, and nowhere else', () => {
    assert.ok(isMarker([marker(EXTENSION.SET), 1]))
    assert.ok(!isMarker([1, marker(EXTENSION.SET)]))
  })

  it('takes three bytes of a body: no data, and its number', () => {
    const table = 0x91
    const node = 0x92
    assert.deepEqual([...encode(new Set([7]))], [0x11, table, node, 0xc7, 0, EXTENSION.SET, 7])
  })
})

import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pack, unpack } from '../../lib/codec/messagepack.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function bufferBytes(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

describe('pack and unpack', () => {
  it('leave room for a header, zeroed', () => {
    assert.deepEqual(pack([1], 3), Uint8Array.of(0, 0, 0, 0x91, 1))
  })

  it('hold on to nothing large', () => {
    pack('x', 0)
    const before = bufferBytes()
    unpack(pack('x'.repeat(60_000_000), 0))
    assert.ok(bufferBytes() - before < 10_000_000)
  })

  it('go on after a value that cannot be packed', () => {
    assert.throws(() => pack([() => 1], 0))
    assert.deepEqual(unpack(pack([1, 2], 0)), [1, 2])
  })
})

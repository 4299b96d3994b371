import assert from 'node:assert/strict'
import { ByteWriter } from '../../lib/keys/byte-writer.ts'
import { writeValue } from '../../lib/keys/write-value.ts'
import { lenient, strict } from './policies.ts'

describe('writeValue', () => {
  it('appends to what is written already, whatever the policy', () => {
    const loop: unknown[] = [1]
    loop.push(loop)
    for (const value of ['a', { a: 1 }, loop, [loop, 2]]) {
      const texts = [undefined, strict(), lenient()].map(policy => {
        const writer = new ByteWriter()
        writer.uint8(7)
        writeValue(writer, value, 'key', policy)
        return writer.text()
      })
      assert.ok(texts.every(text => text === texts[0] && text.startsWith('\u0007')))
    }
  })

  it('tells a policy that refuses what was left out', () => {
    const told: string[] = []
    const policy = strict({ leftOutOf: () => 'all', note: (kind, path) => told.push(`${kind}${path}`) })
    writeValue(new ByteWriter(), { a: 1 }, 'key', policy)
    assert.deepEqual(told, ['left-out'])
  })
})

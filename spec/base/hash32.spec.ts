import assert from 'node:assert/strict'
import fc from 'fast-check'
import { hash32, hashWords } from '../../lib/base/hash32.ts'

describe('hash32', () => {
  it('is MurmurHash3 x86 32, as its published values tell', () => {
    const known: [string, number, number][] = [
      ['', 0, 0],
      ['', 1, 0x514e28b7],
      ['', 0xffffffff, 0x81f16f39],
      ['test', 0, 0xba6bd213],
      ['test', 0x9747b28c, 0x704b81dc],
      ['Hello, world!', 0, 0xc0363e43],
      ['Hello, world!', 0x9747b28c, 0x24884cba],
      ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
      ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
    ]
    for (const [text, seed, hash] of known) assert.equal(hash32(Buffer.from(text), seed), hash, text)
    assert.equal(hash32(Buffer.from([0xff, 0xff, 0xff, 0xff]), 0), 0x76293b50)
    assert.equal(hash32(Buffer.from([0x21, 0x43, 0x65, 0x87]), 0x5082edee), 0x2362f9de)
  })

  it('changes with any one bit', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.nat(),
        fc.nat(),
        (bytes, place, seed) => {
          const before = hash32(bytes, seed)
          const bit = place % (bytes.length * 8)
          bytes[bit >> 3]! ^= 1 << (bit & 7)
          assert.notEqual(hash32(bytes, seed), before)
        },
      ),
    )
  })
})

describe('hashWords', () => {
  it('is hash32 of the words as little-endian bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffffffff)), fc.nat(0xffffffff), (words, seed) => {
        const bytes = Buffer.alloc(words.length * 4)
        for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, index * 4)
        assert.equal(hashWords(seed, ...words), hash32(bytes, seed))
      }),
    )
  })
})

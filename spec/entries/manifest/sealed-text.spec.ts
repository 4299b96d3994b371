import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'
import { hashText } from '../../../lib/base/hash32.ts'
import {
  isSound,
  MOST_TEXT_BYTES,
  openText,
  sealText,
  writtenAtMsOf,
} from '../../../lib/entries/manifest/sealed-text.ts'

describe('A sealed text', () => {
  it('comes back as it was, with its time', () => {
    for (const text of ['', 'a', 'größer 🦆', 'x'.repeat(MOST_TEXT_BYTES)]) {
      const bytes = sealText(text, 1_234.5, 'm:f:1')
      assert.equal(openText(bytes, 'm:f:1'), text)
      assert.equal(writtenAtMsOf(bytes), 1_234.5)
    }
  })

  it('is compressed', () => {
    assert.ok(sealText('function area() {} '.repeat(100), 0, 'm').byteLength < 100)
  })

  it('says nothing under another key, of another format, or with any byte changed', () => {
    const bytes = sealText('text', 5, 'm:f:1')
    assert.equal(openText(bytes, 'm:f:2'), undefined)
    for (let i = 0; i < bytes.length; i += 1) {
      const damaged = new Uint8Array(bytes)
      damaged[i] = damaged[i]! ^ 1
      assert.equal(isSound(damaged, 'm:f:1'), false)
      assert.equal(openText(damaged, 'm:f:1'), undefined)
      assert.equal(openText(bytes.subarray(0, i), 'm:f:1'), undefined)
    }
    assert.equal(writtenAtMsOf(bytes.subarray(0, 3)), 0)
  })

  it('that somebody forged is not believed, and takes no more memory than a true one', () => {
    const tooLong = sealText('x'.repeat(MOST_TEXT_BYTES + 1), 0, 'm')
    assert.equal(openText(tooLong, 'm'), undefined)
    const rubbish = sealText('text', 0, 'm')
    rubbish.fill(0xff, 16)
    new DataView(rubbish.buffer, rubbish.byteOffset).setUint32(
      0,
      crc32(rubbish.subarray(4), hashText('m')),
      true,
    )
    assert.equal(isSound(rubbish, 'm'), true)
    assert.equal(openText(rubbish, 'm'), undefined)
  })
})

import assert from 'node:assert/strict'
import { isCacheError } from '../../lib/base/errors.ts'
import { keyBytesOf, labelOf } from '../../lib/cache/dict-key.ts'
import { decode } from '../../lib/codec/codec.ts'
import { userKeyOf } from '../../lib/entries/entry-key.ts'

describe('A key of a dictionary', () => {
  it('is kept beside its value only where its store key does not show it', () => {
    for (const key of ['rows', 7]) {
      assert.equal(keyBytesOf(key, userKeyOf(key)), undefined)
      assert.equal(labelOf(key, userKeyOf(key)), '')
    }
    const key = { year: 2024, of: [1, 2] }
    assert.deepEqual(decode(keyBytesOf(key, userKeyOf(key))!), key)
    assert.equal(labelOf(key, userKeyOf(key)), '{ year: 2024, of: [ 1, 2 ] }')
  })

  it('that cannot be kept is refused by its name', () => {
    assert.throws(
      () => keyBytesOf({ key: () => {} }, userKeyOf({ other: 1 })),
      error => isCacheError(error, 'ERR_CACHE_UNENCODABLE') && error.message.includes('key'),
    )
  })
})

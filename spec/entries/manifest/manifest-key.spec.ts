import assert from 'node:assert/strict'
import { isOfEntries } from '../../../lib/entries/entry-key.ts'
import {
  isManifestKey,
  manifestKeyOf,
  manifestListKeyOf,
} from '../../../lib/entries/manifest/manifest-key.ts'

describe('The key of a manifest', () => {
  it('shows the function and its code, and begins with that of their list', () => {
    assert.equal(manifestKeyOf('area', 'abc'), 'm:area:abc')
    assert.equal(manifestListKeyOf('area'), 'm:area:')
    assert.equal(manifestKeyOf('', 'abc'), 'm::abc')
    assert.equal(manifestKeyOf('a:b/c', 'abc'), 'm:a%3Ab%2Fc:abc')
  })

  it('tells long names apart that begin alike', () => {
    const long = 'x'.repeat(100)
    const keys = [long, `${long}y`, `${long}z`].map(name => manifestKeyOf(name, 'abc'))
    assert.equal(new Set(keys).size, 3)
    for (const key of keys) assert.ok(key.length < 150)
  })

  it('is that of no entry', () => {
    const keys = [manifestKeyOf('area', 'abc'), manifestListKeyOf('area')]
    assert.deepEqual(keys.map(isOfEntries), [false, false])
    assert.deepEqual(keys.map(isManifestKey), [true, false])
    assert.equal(isManifestKey('d"m:area:abc'), false)
  })
})

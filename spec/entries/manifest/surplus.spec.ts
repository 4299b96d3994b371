import assert from 'node:assert/strict'
import { sealText } from '../../../lib/entries/manifest/sealed-text.ts'
import { mostManifestBytes, surplusManifests } from '../../../lib/entries/manifest/surplus.ts'

describe('surplusManifests', () => {
  const rows = [
    ['m:f:1', 30],
    ['m:g:1', 10],
    ['m:f:2', 20],
    ['m:f:', 5],
    ['d"key', 1],
  ] as const
  const entries = rows.map(([key, atMs]) => [key, sealText('', atMs, key)] as const)
  const each = entries[0]![1].byteLength

  it('are the oldest, until the rest fits', () => {
    assert.deepEqual(surplusManifests(entries, 3 * each), [])
    assert.deepEqual(surplusManifests(entries, 3 * each - 1), ['m:g:1'])
    assert.deepEqual(surplusManifests(entries, 2 * each - 1), ['m:g:1', 'm:f:2'])
    assert.deepEqual(surplusManifests(entries, 0), ['m:g:1', 'm:f:2', 'm:f:1'])
  })

  it('are none in a store without bounds, and all beyond a sixteenth in others', () => {
    assert.deepEqual(surplusManifests(entries, mostManifestBytes()), [])
    assert.equal(mostManifestBytes(1_600), 100)
  })
})

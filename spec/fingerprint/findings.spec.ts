import assert from 'node:assert/strict'
import { FINDINGS } from '../../lib/fingerprint/findings.ts'

describe('FINDINGS', () => {
  it('says of each kind in a few words what was noticed', () => {
    for (const [kind, text] of Object.entries(FINDINGS)) {
      assert.match(kind, /^[a-z]+(-[a-z]+)*$/)
      assert.match(text, /^[a-z].{10,90}[^.]$/, kind)
    }
    assert.equal(new Set(Object.values(FINDINGS)).size, Object.keys(FINDINGS).length)
  })
})

import assert from 'node:assert/strict'
import { NoCache } from 'cachedict'

describe('NoCache', () => {
  it('is one symbol for all copies of the package', () => {
    assert.equal(NoCache, Symbol.for('cachedict.NoCache'))
  })
})

import assert from 'node:assert/strict'
import { givesPromise, noteNature } from '../../lib/cache/natures.ts'

describe('givesPromise', () => {
  it('knows what is declared async, and what gave a promise the last time', () => {
    const plain = () => Promise.resolve(1)
    assert.equal(
      givesPromise(async () => 1, 'a'),
      true,
    )
    assert.equal(givesPromise(plain, 'natures spec'), false)
    noteNature('natures spec', true)
    assert.equal(givesPromise(plain, 'natures spec'), true)
    noteNature('natures spec', false)
    assert.equal(givesPromise(plain, 'natures spec'), false)
  })

  it('forgets the oldest of very many', () => {
    noteNature('oldest', true)
    for (let n = 0; n < 10_000; n += 1) noteNature(`natures ${n}`, true)
    assert.equal(
      givesPromise(() => 1, 'oldest'),
      false,
    )
  })
})

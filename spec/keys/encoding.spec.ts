import assert from 'node:assert/strict'
import { encodingFor, leavingOut, NO_POLICY, placeNotes, tellNotes } from '../../lib/keys/encoding.ts'
import { lenient, strict } from './policies.ts'

describe('encodingFor', () => {
  it('is always the same without a policy', () => {
    assert.equal(encodingFor(undefined), NO_POLICY)
    assert.ok(Object.isFrozen(NO_POLICY))
  })

  it('describes unique symbols where handles stand in', () => {
    assert.equal(encodingFor(lenient()).uniqueSymbols, 'describe')
    assert.equal(encodingFor(strict()).uniqueSymbols, 'refuse')
  })
})

describe('Notes', () => {
  it('wait for their place, and are told once each', () => {
    const policy = lenient()
    const encoding = encodingFor(policy)
    leavingOut(encoding, new Set(['n', '#m', 'two words']), 'Counter')
    assert.equal(encoding.unplaced.length, 3)
    placeNotes(encoding, '.a[0]')
    leavingOut(encoding, new Set(['n']), 'Counter')
    placeNotes(encoding, '.a[0]')
    assert.deepEqual(encoding.unplaced, [])
    tellNotes(encoding)
    assert.deepEqual(
      policy.told.map(({ path }) => path),
      ['.a[0].n', '.a[0].#m', '.a[0]["two words"]'],
    )
  })
})

import assert from 'node:assert/strict'
import { CacheError, events } from 'cachedict'
import { degrade } from '../../lib/events/degrade.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('degrade', () => {
  const warnings = seenWarnings()

  it('warns once for each cause, and sends an event each time', () => {
    let told = 0
    const leave = events.on('degraded', () => (told += 1))
    degrade('spec cause one', 'It is full.')
    degrade('spec cause one', 'It is full.')
    degrade('spec cause two', 'It is locked.')
    leave()
    assert.equal(told, 3)
    assert.deepEqual(warnings(), [
      { message: 'It is full.', type: 'CacheWarning', code: undefined },
      { message: 'It is locked.', type: 'CacheWarning', code: undefined },
    ])
  })

  it('names the code of a CacheError', () => {
    const error = new CacheError('ERR_CACHE_WRITE', 'no room')
    let seen: unknown
    const leave = events.on('degraded', event => {
      seen = event
    })
    degrade('spec cause three', 'There is no room.', error)
    leave()
    assert.equal(warnings()[0]?.code, 'ERR_CACHE_WRITE')
    assert.deepEqual(seen, { message: 'There is no room.', error })
  })
})

import assert from 'node:assert/strict'
import { tell, textOf } from '../../lib/cache/call.ts'
import { keyText } from '../../lib/entries/entry-key.ts'
import { callOf } from '../support/calls.ts'
import { seenEvents } from '../support/seen-events.ts'

describe('tell', () => {
  const seen = seenEvents()

  it('says which call an event is about, by name and key', () => {
    tell('miss', callOf(), { because: 'absent' })
    assert.deepEqual(seen.all(), [
      { type: 'miss', event: { because: 'absent', name: 'area', key: keyText('d"key') } },
    ])
  })
})

describe('textOf', () => {
  it('is the message of an error, or what was thrown instead', () => {
    assert.deepEqual([new Error('no'), 'text', 5, undefined].map(textOf), ['no', 'text', '5', 'undefined'])
  })
})

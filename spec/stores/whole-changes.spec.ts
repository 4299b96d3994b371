import assert from 'node:assert/strict'
import type { Change } from '../../lib/stores/store.ts'
import { wholeChanges } from '../../lib/stores/whole-changes.ts'

describe('wholeChanges', () => {
  it('joins bytes and tail, given or taken from what was there before', () => {
    const there: Readonly<Record<string, Uint8Array>> = { a: Buffer.from('headtail') }
    const changes: readonly Change[] = [
      { key: 'a', bytes: undefined },
      { key: 'b', bytes: Buffer.from('new '), tail: { key: 'a', from: 4 } },
      { key: 'c', bytes: Buffer.from('x'), tail: Buffer.from('y') },
      { key: 'd', bytes: Buffer.from('z'), tail: { key: 'gone', from: 1 } },
      { key: 'e', bytes: Buffer.from('w') },
    ]
    const texts = wholeChanges(changes, key => there[key]).map(({ key, bytes }) => [
      key,
      bytes && String(bytes),
    ])
    assert.deepEqual(texts, [
      ['a', undefined],
      ['b', 'new tail'],
      ['c', 'xy'],
      ['d', 'z'],
      ['e', 'w'],
    ])
  })
})

import assert from 'node:assert/strict'
import { decodeEntry, decodeHead, encodeEntry } from '../../lib/entries/entry.ts'
import { largeValuesOf, moveOf, putOfFrame, putterOf } from '../../lib/entries/put.ts'
import type { Change } from '../../lib/stores/store.ts'
import { wholeChanges } from '../../lib/stores/whole-changes.ts'
import { entryOf } from '../support/entries.ts'

const KEY = 'd"key'
const SMALL = entryOf('small')
const LARGE = entryOf(new Uint8Array(10_000).fill(3))

const wholeOf = (change: Change, there: Uint8Array = new Uint8Array(0)): Uint8Array =>
  wholeChanges([change], () => there)[0]!.bytes!

describe('putterOf', () => {
  it('hands a large value over beside its head, and the two are the frame', () => {
    for (const [entry, tails] of [
      [SMALL, 0],
      [LARGE, 1],
    ] as const) {
      const change = putterOf(entry)(KEY, entry, { rank: 4 })
      assert.deepEqual(Buffer.from(wholeOf(change)), Buffer.from(encodeEntry(entry, KEY)))
      assert.deepEqual([change.tail === undefined ? 0 : 1, change.rank], [tails, 4])
      assert.equal(change.tail, largeValuesOf(entry)[0])
    }
  })
})

describe('moveOf', () => {
  it('gives what lies there another key and head, and the same value', () => {
    for (const entry of [SMALL, LARGE]) {
      const there = encodeEntry(entry, KEY)
      const lying = decodeHead(there, KEY)!
      const moved = moveOf('d"other', { ...lying, name: 'renamed' }, { key: KEY, lying }, {})
      const again = decodeEntry(wholeOf(moved, there), 'd"other')!
      assert.deepEqual([again.name, Buffer.from(again.value)], ['renamed', Buffer.from(entry.value)])
    }
  })

  it('does not make a damaged value sound', () => {
    const there = encodeEntry(LARGE, KEY)
    const lying = decodeHead(there, KEY)!
    there[there.length - 1]! ^= 1
    const moved = wholeOf(moveOf('d"other', lying, { key: KEY, lying }, {}), there)
    assert.equal(decodeEntry(moved, 'd"other'), undefined)
    assert.ok(decodeHead(moved, 'd"other'))
  })
})

describe('putOfFrame', () => {
  it('cuts a large frame where its value begins, and leaves what it cannot read in one piece', () => {
    for (const entry of [SMALL, LARGE]) {
      const frame = encodeEntry(entry, KEY)
      assert.deepEqual(Buffer.from(wholeOf(putOfFrame(KEY, frame))), Buffer.from(frame))
    }
    const garbage = new Uint8Array(9_000).fill(1)
    assert.deepEqual(putOfFrame(KEY, garbage), { key: KEY, bytes: garbage })
  })
})

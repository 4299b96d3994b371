import assert from 'node:assert/strict'
import { isOfEntries } from '../../../lib/entries/entry-key.ts'
import {
  MOST_NOTES,
  mostNotes,
  noteKeyOf,
  noteOf,
  readNote,
  surplusNotes,
} from '../../../lib/entries/eviction/note.ts'

describe('The note of a dropped entry', () => {
  it('says when, to who asks for that key', () => {
    const { key, bytes, rank } = noteOf('d"a', 1234.5)
    assert.equal(key, noteKeyOf('d"a'))
    assert.equal(readNote(bytes, 'd"a'), 1234.5)
    assert.equal(rank, undefined)
  })

  it('says nothing of any other key of its slot, and nothing where it is damaged', () => {
    const slot = noteKeyOf('d#0')
    let other = 1
    while (noteKeyOf(`d#${other}`) !== slot) other += 1
    assert.equal(readNote(noteOf('d#0', 5).bytes, `d#${other}`), undefined)
    for (const at of [0, 7]) {
      const bytes = Uint8Array.from(noteOf('d#0', 5).bytes!)
      bytes[at]! ^= 1
      assert.equal(readNote(bytes, 'd#0'), undefined)
    }
    assert.equal(readNote(undefined, 'd#0'), undefined)
    assert.equal(readNote(new Uint8Array(15), 'd#0'), undefined)
    assert.equal(readNote(new Uint8Array(17), 'd#0'), undefined)
  })

  it('lies in one of 16,384 slots, none of which is an entry', () => {
    const slots = new Set(Array.from({ length: 200_000 }, (_, n) => noteKeyOf(`d#${n}`)))
    assert.equal(slots.size, MOST_NOTES)
    assert.equal(MOST_NOTES, 16_384)
    for (const slot of slots) assert.ok(!isOfEntries(slot))
  })

  it('takes no more than about a hundredth of a small store, all together', () => {
    assert.equal(mostNotes(), MOST_NOTES)
    assert.equal(mostNotes(10e9), MOST_NOTES)
    assert.equal(mostNotes(6_400_000), 1_000)
    assert.equal(mostNotes(1), 16)
  })

  it('makes way for newer ones where there are too many', () => {
    const listed = [5, 1, 4, 2, 3].map(at => [`x${at}`, noteOf('d#0', at).bytes!] as const)
    assert.deepEqual(surplusNotes([...listed, ['d#0', new Uint8Array(9)]], 3), ['x1', 'x2'])
    assert.deepEqual(surplusNotes(listed, 5), [])
    assert.deepEqual(surplusNotes([['x9', new Uint8Array(3)], ...listed], 5), ['x9'])
  })
})

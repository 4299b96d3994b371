import assert from 'node:assert/strict'
import { notesOf, renderNotes } from '../../../lib/cache/why/notes.ts'

describe('notesOf', () => {
  it('says in words what was found, and what evaluating changes', () => {
    assert.deepEqual(notesOf([{ kind: 'clock', path: 'report > Date.now' }], ['report > progress']), [
      { kind: 'clock', path: 'report > Date.now', text: 'the time decides the result' },
      { kind: 'volatile', path: 'report > progress', text: 'evaluating changes it, and it is not compared' },
    ])
  })
})

describe('renderNotes', () => {
  it('has five of them at most, and says how many there are more', () => {
    const notes = notesOf([], ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    assert.equal(renderNotes(notes)[0], 'Note: a: evaluating changes it, and it is not compared.')
    assert.equal(renderNotes(notes.slice(0, 5)).length, 5)
    assert.equal(renderNotes(notes).length, 6)
    assert.match(renderNotes(notes)[5]!, /^Note: 2 more/)
  })
})

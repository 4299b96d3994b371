import assert from 'node:assert/strict'
import { emptyNotes, noteMutation } from '../../../lib/fingerprint/normal-form/notes.ts'

describe('Notes', () => {
  it('hold each mutation once', () => {
    const notes = emptyNotes()
    const mutation = { name: 'a', members: ['b'], property: 'c' }
    noteMutation(notes, mutation)
    noteMutation(notes, { ...mutation })
    noteMutation(notes, { ...mutation, property: undefined })
    assert.deepEqual([...notes.mutations.values()], [mutation, { ...mutation, property: undefined }])
  })

  it('start with nothing', () => {
    assert.equal(emptyNotes().usesEval, false)
    assert.notEqual(emptyNotes().writes, emptyNotes().writes)
  })
})

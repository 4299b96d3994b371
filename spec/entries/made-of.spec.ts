import assert from 'node:assert/strict'
import { isOfNothing, OF_NOTHING, packMadeOf, unpackMadeOf } from '../../lib/entries/made-of.ts'
import { useOf } from '../support/entries.ts'

const call = { place: '.', name: 'inner', codeVersion: 'c...', values: '' }

describe('packMadeOf and unpackMadeOf', () => {
  it('give back what there is, and take next to nothing where there is nothing', () => {
    assert.equal(packMadeOf(OF_NOTHING), null)
    assert.equal(unpackMadeOf(null), OF_NOTHING)
    const madeOf = { uses: [useOf({ key: 'd"x' }), useOf({ place: '/other' })], calls: [call] }
    assert.deepEqual(unpackMadeOf(packMadeOf(madeOf)), madeOf)
    assert.equal(isOfNothing(madeOf), false)
    assert.equal(isOfNothing({ uses: [], calls: [] }), true)
  })

  it('take nothing else for it', () => {
    const row = ['', 'value', 'd"x', '', '', '', '']
    for (const forged of [
      undefined,
      7,
      [],
      [[row]],
      [[row], {}],
      [[row.slice(1)], []],
      [[[...row.slice(1), 7]], []],
      [[], [['.', 'inner', 'c...']]],
      [['text'], []],
    ])
      assert.equal(unpackMadeOf(forged), undefined, JSON.stringify(forged))
    assert.notEqual(unpackMadeOf([[row], []]), undefined)
  })
})

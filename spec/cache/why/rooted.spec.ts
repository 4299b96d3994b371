import assert from 'node:assert/strict'
import { rooted } from '../../../lib/cache/why/rooted.ts'
import { valuePart } from '../../support/parts.ts'

describe('rooted', () => {
  it('puts a name in the place of a function without one', () => {
    const paths = ['the function', 'the function > RATE', 'the functions > RATE', 'report > the function']
    assert.deepEqual(
      paths.map(path => rooted(valuePart(path, '5'), "'rows'").path),
      ["'rows'", "'rows' > RATE", 'the functions > RATE', 'report > the function'],
    )
  })
})

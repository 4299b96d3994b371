import assert from 'node:assert/strict'
import { formOf } from '../../lib/fingerprint/form-of.ts'

describe('formOf', () => {
  it('makes the normal form of a text once', () => {
    const make = (n: number) => () => n
    assert.equal(formOf(make(1)), formOf(make(2)))
    assert.notEqual(
      formOf(make(1)),
      formOf(() => 2),
    )
  })

  it('gives the text of what cannot be parsed', () => {
    assert.equal(formOf(Math.max).kind, 'text')
    assert.equal(formOf(class {}).kind, 'class')
    assert.equal(formOf(() => 1).kind, 'function')
  })

  it('goes on after more texts than it remembers', () => {
    for (let i = 0; i < 5_000; i++) formOf(new Function(`return ${i}`))
    assert.notDeepEqual(formOf(new Function('return 1')).pieces, formOf(new Function('return 2')).pieces)
  })
})

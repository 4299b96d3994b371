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
    const all: (() => unknown)[] = new Function(
      `return [${Array.from({ length: 5_000 }, (_, i) => `() => ${i}`)}]`,
    )()
    all.forEach(formOf)
    assert.equal(new Set(all.map(fn => formOf(fn).pieces.join())).size, all.length)
  })
})

import assert from 'node:assert/strict'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

describe('What is assigned to', () => {
  it('is written as a variable, a member or a pattern', () => {
    assert.equal(
      normalText('x => { [a, , b.c = 1, ...d] = x; ({ e, f: g, [h]: i, ...j } = x) }'),
      '(arrow [ L0] [(do (= (items {1:a} _ (default {1:b}.c 1) (rest {1:d})) L0)) ' +
        '(do (= (properties (property "e" {1:e}) (property "f" {1:g}) (property (key {1:h}) {1:i}) (rest {1:j})) L0))])',
    )
  })

  it('has holes that are written to', () => {
    const uses = normalFormOf('x => { a.b = x; [c] = x; d++; for (e of f); delete g.h }').holes
    assert.deepEqual(
      uses.map(({ name, use }) => `${name} ${use}`),
      ['a write', 'c write', 'd write', 'e write', 'f value', 'g write'],
    )
  })

  it('is told apart by its shape', () => {
    assertDifferent(
      '([a, b]) => a',
      '({ a, b }) => a',
      '([a], b) => a',
      '([a = 1, b]) => a',
      '([a, ...b]) => a',
      '([, a, b]) => a',
    )
    assertSame('({ a }) => a', '({ a: b }) => b', '({ "a": c }) => c')
    assertDifferent('({ a }) => a', '({ b }) => b')
  })
})

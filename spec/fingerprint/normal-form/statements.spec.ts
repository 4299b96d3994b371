import assert from 'node:assert/strict'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

describe('Statements', () => {
  it('are told apart', () => {
    assertDifferent(
      'a => { return a }',
      'a => { throw a }',
      'a => { a }',
      'a => { { a } }',
      'a => { return }',
      'a => {}',
    )
  })

  it('tell a directive from a string, and keep how it is spelled', () => {
    assertDifferent(
      '() => { "use strict" }',
      '() => { ("use strict") }',
      '() => { "use\\x20strict" }',
      '() => {}',
    )
    assertSame('() => { "use strict" }', "() => { 'use strict' }")
  })

  it('that declare are written one by one', () => {
    assert.equal(normalText('() => { var a = 1, b }'), '(arrow [] [(var L0 1) (var L1 _)])')
    assertDifferent(
      '() => { var a = 1 }',
      '() => { let a = 1 }',
      '() => { const a = 1 }',
      '() => { using a = 1 }',
    )
  })

  it('that hide names are noticed', () => {
    const form = normalFormOf('function f(a) { with (a) b() }')
    assert.equal(form.usesEval, true)
    assert.equal(
      normalText('function f(a) { with (a) b() }'),
      'f (function [ =a] [(with =a [(do (call b{1:b}))])])',
    )
  })
})

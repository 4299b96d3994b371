import assert from 'node:assert/strict'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

describe('The statements of a body', () => {
  it('are written without those that do nothing', () => {
    assert.equal(normalText('() => { ;; f(); debugger; }'), '(arrow [] [(do (call {1:f}))])')
  })

  it('are the same with and without braces round one of them', () => {
    assertSame('a => { if (a) f(); else g() }', 'a => { if (a) { f() } else { g() } }')
    assertSame('() => { for (;;); }', '() => { for (;;) {} }')
  })

  it('have a scope of their own', () => {
    assertDifferent('a => { if (a) { let b = a; f(b) } g(b) }', 'b => { if (b) { let a = b; f(a) } g(a) }')
  })
})

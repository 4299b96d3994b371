import assert from 'node:assert/strict'
import { parseExpressionAt } from 'acorn'
import { labelName } from '../../../lib/fingerprint/normal-form/labels.ts'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

describe('Labels', () => {
  it('are called what no variable can be called', () => {
    const node = parseExpressionAt('a', 0, { ecmaVersion: 'latest' })
    assert.equal(node.type, 'Identifier')
    assert.equal(labelName(node), 'a:')
    assertSame('b => { a: { f(b); break a } }', 'a => { a: { f(a); break a } }')
  })

  it('are numbered like variables', () => {
    assert.equal(normalText('() => { a: break a }'), '(arrow [] [(label L0 [(break L0)])])')
  })

  it('stay before what they stand before', () => {
    assertDifferent('() => { a: for (;;) f() }', '() => { a: { for (;;) f() } }', '() => { for (;;) a: f() }')
    assertDifferent('() => { a: f(); g() }', '() => { a: ; f(); g() }')
  })
})

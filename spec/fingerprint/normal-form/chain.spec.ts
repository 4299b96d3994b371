import assert from 'node:assert/strict'
import { parseExpressionAt } from 'acorn'
import { plainMember } from '../../../lib/fingerprint/normal-form/chain.ts'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

describe('A chain of members', () => {
  const chains = (source: string) =>
    normalFormOf(source).holes.map(({ name, members }) => [name, ...members].join('.'))

  it('goes into the hole of the free name that it starts with', () => {
    assert.deepEqual(chains('() => a.b.c'), ['a.b.c'])
    assert.deepEqual(chains('() => a["b"].c'), ['a.b.c'])
  })

  it('ends at a call and at a computed, private or optional member', () => {
    assert.deepEqual(chains('() => a.b().c'), ['a.b'])
    assert.deepEqual(chains('() => a.b[c.d].e'), ['a.b', 'c.d'])
    assert.deepEqual(chains('() => a.b?.c.d'), ['a.b'])
    assert.deepEqual(chains('() => a["b-c"].d'), ['a'])
    assert.deepEqual(chains('class { #b; static m() { return a.c.#b.d } }'), ['a.c'])
  })

  it('of a local is written in full', () => {
    assert.equal(normalText('a => a.b.c'), '(arrow [ L0] [(return (. (. L0 b) c))])')
  })

  it('is told from a computed member', () => {
    assertDifferent('a => a.b', 'a => a[b]', 'a => a["b "]', 'a => a?.b', '(a, b) => a[b]')
    assertDifferent('() => a.b', '() => a[b]', '() => a["b "]', '() => a?.b', 'b => a[b]')
  })

  it('has no hole for undefined, nor for the arguments around an arrow', () => {
    assert.deepEqual(chains('() => [undefined, arguments.length]'), [])
    assertSame('() => undefined', '() => void 0')
    assertDifferent('undefined => undefined', 'a => undefined')
  })

  it('begins with the function itself where that is called by its name', () => {
    const [hole] = normalFormOf('function f() { return f.x }').holes
    assert.equal(hole?.isSelf, true)
    assert.equal(normalText('function f() { return f.x }'), '(function [] [(return (. self{0:} x))])')
    assert.deepEqual(normalFormOf('class A { m() { return A } }').holes, [])
  })

  it('may begin with a function of a block, a local in sloppy code and free in strict code', () => {
    assert.match(normalText('() => { { function f() {} } f() }'), /\(call \(either L1 \{1:f\}\)\)/)
    assert.match(normalText('() => { "use strict"; { function f() {} } f() }'), /\(call \{1:f\}\)/)
    assert.match(normalText('() => { function f() {} f() }'), /\(call L0\)/)
    assertDifferent(
      '() => { { function f() { return 1 } } { function g() { return 2 } } return f() }',
      '() => { { function g() { return 1 } } { function f() { return 2 } } return f() }',
    )
  })
})

describe('plainMember', () => {
  const memberOf = (text: string) => plainMember(parseExpressionAt(text, 0, { ecmaVersion: 'latest' }))

  it('gives the name of a member that is not computed', () => {
    assert.equal(memberOf('a.b'), 'b')
    assert.equal(memberOf('a["b"]'), 'b')
    for (const text of ['a', 'a[b]', 'a["b c"]', 'a[0]', 'a.b()'])
      assert.equal(memberOf(text), undefined, text)
  })
})

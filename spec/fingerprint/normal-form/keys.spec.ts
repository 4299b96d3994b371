import assert from 'node:assert/strict'
import { parseExpressionAt } from 'acorn'
import { keyOf } from '../../../lib/fingerprint/normal-form/keys.ts'
import { assertDifferent, normalText } from '../../support/normal-text.ts'

describe('keyOf', () => {
  const keysOf = (text: string) => {
    const node = parseExpressionAt(`class {${text}}`, 0, { ecmaVersion: 'latest' })
    assert.equal(node.type, 'ClassExpression')
    return node.body.body.map(member => (member.type === 'StaticBlock' ? undefined : keyOf(member)))
  }

  it('gives the name of a key, however it is written', () => {
    assert.deepEqual(keysOf('a; "b c"; 0x10; 1n; #d; ["e"]; [`f`]'), ['a', 'b c', '16', '1', '#d', 'e', 'f'])
  })

  it('gives nothing for a computed key, nor in brackets for one that has a meaning without', () => {
    assert.deepEqual(keysOf('[a]; [1]; ["constructor"]() {}'), [undefined, undefined, undefined])
  })
})

describe('A key', () => {
  it('is written as the name that it stands for', () => {
    assert.equal(normalText('() => ({ a: 1 })'), '(arrow [] [(return (object (init "a" 1)))])')
    assert.equal(normalText('() => ({ [a]: 1 })'), '(arrow [] [(return (object (init (key {1:a}) 1)))])')
  })

  it('that is private is told from one that looks like it', () => {
    assertDifferent('class { #a = 1 }', 'class { "#a" = 1 }')
  })
})

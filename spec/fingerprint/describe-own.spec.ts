import assert from 'node:assert/strict'
import { findingsOf, fingerprintOf, tells } from '../support/fingerprint-of.ts'

const hashOf = (program: string, values = {}) => fingerprintOf(program, values).hash

describe('The text of a function of the program', () => {
  it('tells which of its places hold the same', () => {
    const program = (text: string) => `const f = () => 1, g = () => 1; return () => ${text}`
    assert.notEqual(hashOf(program('[f, f]')), hashOf(program('[f, g]')))
    assert.equal(hashOf(program('[f, g]')), hashOf(program('[g, f]')))
  })

  it('says nothing of its own name, unless that means another', () => {
    assert.equal(
      hashOf('return function f(n) { return n && f(n - 1) }'),
      hashOf('return function g(n) { return n && g(n - 1) }'),
    )
    const program = 'function f(n) { return n && f(n - 1) } const g = f; f = () => 5; return g'
    assert.equal(tells(program, '=> 5', '=> 6'), true)
  })

  it('holds all that is in scope where code is made from text', () => {
    const program = "const k = 1; return () => eval('k')"
    assert.equal(tells(program, 'k = 1', 'k = 2'), true)
    assert.equal(findingsOf(program)[0], 'eval the function > eval')
  })

  it('holds the whole namespace where a member of it uses this', () => {
    const ns = (k: number) => ({
      __esModule: true,
      k,
      f() {
        return this.k
      },
    })
    assert.notEqual(
      hashOf('return () => ns.f()', { ns: ns(1) }),
      hashOf('return () => ns.f()', { ns: ns(2) }),
    )
    assert.equal(
      hashOf('return () => (0, ns.f)()', { ns: ns(1) }),
      hashOf('return () => (0, ns.f)()', { ns: ns(2) }),
    )
  })

  it('notes what decides the result, or is changed', () => {
    assert.deepEqual(findingsOf('return list => { list.push(Date.now()) }'), [
      'clock the function > Date.now',
      'mutates-argument the function > list',
    ])
    assert.deepEqual(findingsOf('let n = 0; return () => ++n'), ['writes the function > n'])
    assert.deepEqual(findingsOf('return (function () { return () => this.x }).call({})'), [
      'lexical-this the function',
    ])
    assert.deepEqual(findingsOf("const k = 'a'; class A { [k] = 1 } return () => new A()"), [
      'opaque the function > A > [field]',
    ])
    assert.deepEqual(
      findingsOf("class A { a = '(field (key)'; ['b'] = 1 } return A.prototype.constructor").filter(
        text => !text.startsWith('opaque A'),
      ),
      [],
    )
  })
})

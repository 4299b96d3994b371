import assert from 'node:assert/strict'
import { fingerprintOf, tells } from '../support/fingerprint-of.ts'

const told = (program: string, from: string, to: string) =>
  assert.equal(tells(program, from, to), true, program)
const same = (program: string, from: string, to: string) =>
  assert.equal(tells(program, from, to), false, program)

describe('The members of a function', () => {
  it('are its own properties, of any name, hidden or not', () => {
    told('const f = () => 1; f.k = 1; return () => f.k', 'k = 1', 'k = 2')
    told('const s = Symbol(), f = () => 1; f[s] = 1; return () => f[s]', '[s] = 1', '[s] = 2')
    told(
      "const f = () => 1; Object.defineProperty(f, 'k', { value: 1 }); return () => f.k",
      'value: 1',
      'value: 2',
    )
    same('const f = () => 1; f.k = 1; f.l = 2; return () => f.k', 'f.k = 1; f.l = 2', 'f.l = 2; f.k = 1')
  })

  it('are what it inherits from', () => {
    told('class A { m() { return 1 } } class B extends A {} return () => new B()', 'return 1', 'return 2')
    told('const f = () => 1; Object.setPrototypeOf(f, { k: 1 }); return () => f.k', 'k: 1', 'k: 2')
    told(
      'const up = { m() { return 1 } }; function F() {} F.prototype = Object.create(up, { constructor: { value: F } }); return () => new F()',
      'return 1',
      'return 2',
    )
  })

  it('are what was put on its prototype, also in the place of a method of the text', () => {
    told('class A {} A.prototype.m = () => 1; return () => new A()', '=> 1', '=> 2')
    told(
      'class A { m() { return 1 } n() { return 2 } } /**/; return () => new A().m()',
      '/**/',
      'A.prototype.m = A.prototype.n',
    )
  })

  it('that have computed names are told by their place in the text', () => {
    for (const member of [
      '[k]() { return 1 } [l]() { return 2 }',
      'static [k]() { return 1 } static [l]() { return 2 }',
      'get [k]() { return 1 } get [l]() { return 2 }',
    ])
      told(
        `const k = 'a', l = 'b'; class A { ${member} } return () => new A()`,
        "k = 'a', l = 'b'",
        "k = 'b', l = 'a'",
      )
  })

  it('that the text tells about are not looked at twice', () => {
    const { parts } = fingerprintOf(
      'class A { m() {} static s() {} get g() { return 1 } } return () => new A()',
    )
    assert.deepEqual(
      parts.map(({ path }) => path),
      ['the function', 'the function > A'],
    )
  })

  it('of async functions and generators are no more than those of others', () => {
    for (const kind of ['async () => 1', 'function* () {}', 'async function* () {}'])
      assert.deepEqual(fingerprintOf(`const f = ${kind}; return () => f()`).parts.length, 2, kind)
  })

  it('that are Proxies are not asked', () => {
    const bomb = 'const bomb = new Proxy({}, { get() { throw new Error("ran") } });'
    fingerprintOf(`${bomb} function F() {} F.prototype = new Proxy({}, bomb); return () => new F()`)
    fingerprintOf(`${bomb} const f = () => 1; f.k = new Proxy({}, bomb); return () => f()`)
    fingerprintOf(
      `${bomb} const f = () => 1; Object.setPrototypeOf(f, new Proxy(f, bomb)); return () => f()`.replace(
        'Proxy(f,',
        'Proxy(() => 2,',
      ),
    )
  })
})

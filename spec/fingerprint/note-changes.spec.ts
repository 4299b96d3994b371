import assert from 'node:assert/strict'
import { findingsOf, fingerprintOf, tells } from '../support/fingerprint-of.ts'

const told = (program: string, from: string, to: string) =>
  assert.equal(tells(program, from, to), true, program)
const same = (program: string, from: string, to: string) =>
  assert.equal(tells(program, from, to), false, program)

describe('What a function visibly changes', () => {
  it('is the variables that it assigns, and no others', () => {
    same('let n = 0; return () => { n++; return 1 }', 'n = 0', 'n = 5')
    told('let n = 0, limit = 1; return () => { n++; return limit }', 'limit = 1', 'limit = 2')
    told(
      'const n = 5; const bump = () => { let n = 0; n++ }; return () => { bump(); return n }',
      'n = 5',
      'n = 6',
    )
  })

  it('is the properties that it writes; the others count', () => {
    same('const o = { n: 0, k: 1 }; return () => { o.n++; return o.k }', 'n: 0', 'n: 5')
    told('const o = { n: 0, k: 1 }; return () => { o.n++; return o.k }', 'k: 1', 'k: 2')
  })

  it('is the whole object where a property is computed, or the language changes it', () => {
    for (const change of ['o[x] = 1', 'Object.assign(o, x)'])
      same(`const o = { k: 1 }; return x => { ${change}; return o.k }`, 'k: 1', 'k: 2')
    same('const list = [1]; return x => { list.push(x); return 1 }', '[1]', '[2]')
    same('const seen = new Set([1]); return x => { seen.add(x); return 1 }', '[1]', '[2]')
  })

  it('is nothing where a method of the program has the name of one that changes things', () => {
    for (const name of ['add', 'set', 'delete', 'push', 'clear', 'append', 'fill', 'sort']) {
      told(`const table = { ${name}: (a, b) => a + b }; return () => table.${name}(1, 2)`, 'a + b', 'a - b')
      told(
        `class C { k = 1; ${name}(a) { return a + this.k } } const c = new C(); return () => c.${name}(1)`,
        'k = 1',
        'k = 2',
      )
      told(
        `class C { k = 1; ${name}(a) { return a + this.k } run() { return this.${name}(1) } } const c = new C(); return () => c.run()`,
        'k = 1',
        'k = 2',
      )
    }
    told(
      'class C { k = 1; add(a) { return a + this.k } } class D { #c = new C(); run() { return this.#c.add(1) } } const d = new D(); return () => d.run()',
      'k = 1',
      'k = 2',
    )
  })

  it('is what the methods that it calls write of their object', () => {
    const program =
      'class C { k = 1; n = 0; #m = 0; run() { this.n++; this.#m++; return this.k } } const c = new C(); return () => c.run()'
    same(program, 'n = 0', 'n = 5'.replace('5', '0 '))
    assert.deepEqual(findingsOf(program), ['mutates the function > c.n', 'mutates the function > c.#m'])
    told(program, 'k = 1', 'k = 2')
    assert.deepEqual(
      findingsOf(
        'class C { #list = []; k = 1; run(x) { this.#list.push(x); return this.k } } const c = new C(); return x => c.run(x)',
      ),
      ['mutates the function > c.#list'],
    )
    assert.deepEqual(
      findingsOf('class C extends Set { run(x) { this.add(x) } } const c = new C(); return x => c.run(x)'),
      ['mutates the function > c'],
    )
  })

  it('leaves the code of the methods in, even if the object is left out', () => {
    told(
      'const o = { k: 1, run(x) { this[x] = 5; return this.k } }; return x => o.run(x)',
      'return this.k',
      'return -this.k',
    )
    told(
      'class C { k = 1; run(x) { this[x] = 5; return this.k } } const o = new C(); return x => o.run(x)',
      'return this.k',
      'return -this.k',
    )
  })

  it('is globals, whether they are there yet or not', () => {
    const ways = ['spec_n = 1', 'globalThis.spec_n = 1', 'globalThis.spec_n ??= 1']
    for (const way of ways) {
      const program = `return () => { ${way}; return globalThis.spec_n }`
      const before = fingerprintOf(program).hash
      Object.assign(globalThis, { spec_n: 2 })
      try {
        assert.equal(fingerprintOf(program).hash, before, way)
      } finally {
        Reflect.deleteProperty(globalThis, 'spec_n')
      }
    }
  })

  it('is looked for in code of the program only', () => {
    const counted =
      'class C { k = 1; add() { return this.k } } const c = new C(); return () => [c.add(), c.k]'
    assert.deepEqual(findingsOf(counted), [])
  })
})

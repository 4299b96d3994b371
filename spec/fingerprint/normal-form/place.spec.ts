import assert from 'node:assert/strict'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'

describe('What a function changes', () => {
  const changed = (source: string) =>
    normalFormOf(source).mutations.map(({ name, members, property }) =>
      [name, ...members, property ?? '*'].join('.'),
    )

  it('of what free variables hold is told by member', () => {
    assert.deepEqual(changed('() => { a.b.c = 1 }'), ['a.b.c'])
    assert.deepEqual(changed('() => { a.b++ }'), ['a.b'])
    assert.deepEqual(changed('() => { a.b += 1; a.b -= 1 }'), ['a.b'])
    assert.deepEqual(changed('() => { delete a.b }'), ['a.b'])
    assert.deepEqual(changed('() => { delete a?.b }'), ['a.b'])
    assert.deepEqual(changed('x => { [a.b, { c: a.d = 1, ...a.e }] = x }'), ['a.b', 'a.d', 'a.e'])
    assert.deepEqual(changed('x => { for (a.b of x); for (a.c in x); }'), ['a.b', 'a.c'])
  })

  it('is the whole object where it is not known which member', () => {
    assert.deepEqual(changed('k => { a[k] = 1 }'), ['a.*'])
    assert.deepEqual(changed('k => { a.b[k].c = 1 }'), ['a.b.*'])
    assert.deepEqual(changed('() => { a.b.length = 0 }'), ['a.b.*'])
    assert.deepEqual(changed('m() { a.#b = 1; a.c.#d.e = 1 }'), ['a.*', 'a.c.*'])
  })

  it('of variables is told by name', () => {
    const written = (source: string) => normalFormOf(source).writes
    assert.deepEqual(written('() => { a = 1; b++; [c, { x: d = 1, ...e }] = f; for (g of h); i ??= 1 }'), [
      ...'abcdegi',
    ])
    assert.deepEqual(written('() => () => { a = 1 }'), ['a'])
    assert.deepEqual(written('(a, b = 1) => { let c; a = b = c = 1; var d = 1; for (let e of f); }'), [])
    assert.deepEqual(written('function f() { f = 1 }'), ['f'])
  })

  it('of its own parameters is told by their names', () => {
    const changes = (source: string) => normalFormOf(source).mutatedParameters
    assert.deepEqual(changes('(a, b) => { a.x = 1; b.y }'), ['a'])
    assert.deepEqual(changes('({ a, b: [c] }, ...d) => { a.push(1); c[0] = 1; d.sort() }'), ['a', 'c', 'd'])
    assert.deepEqual(changes('a => [1].map(x => { a.sum += x })'), ['a'])
    assert.deepEqual(changes('a => { a = 1 }'), [])
    assert.deepEqual(changes('a => b => { b.x = 1 }'), [])
    assert.deepEqual(changes('a => { { let a = {}; a.x = 1 } }'), [])
    assert.deepEqual(changes('a => { Object.assign(a, {}); delete a.b }'), ['a'])
  })

  it('of its own this is told by property', () => {
    const changes = (source: string) => normalFormOf(source).thisWrites
    assert.deepEqual(changes('m() { this.a++; this.b.c = 1; this.d.push(1); this.#e = 1; delete this.f }'), [
      'a',
      'b',
      'd.push()',
      '#e',
      'f',
    ])
    assert.deepEqual(changes('m(k) { this[k] = 1 }'), ['*'])
    assert.deepEqual(changes('m(k) { this[k].x = 1; Object.assign(this, k) }'), ['*'])
    assert.deepEqual(changes('m() { return () => { this.a = 1 } }'), ['a'])
    assert.deepEqual(changes('m() { return function () { this.a = 1 } }'), [])
    assert.deepEqual(changes('() => { this.a = 1 }'), [])
    assert.deepEqual(changes('m() { this.a.get(1).x = 1 }'), [])
  })
})

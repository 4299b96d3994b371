import assert from 'node:assert/strict'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

describe('The normal form of a class', () => {
  it('changes with every part of its body', () => {
    assertDifferent(
      'class {}',
      'class { x }',
      'class { x = 1 }',
      'class { x = 2 }',
      'class { static x = 1 }',
      'class { #x = 1 }',
      'class { #y = 1 }',
      'class { x() {} }',
      'class { #x() {} }',
      'class { static x() {} }',
      'class { get x() {} }',
      'class { constructor() {} }',
      'class { ["constructor"]() {} }',
      'class { static { f() } }',
      'class { x = f() }',
      'class extends A {}',
    )
  })

  it('does not hold what it extends, nor the values of computed keys', () => {
    assertSame('class extends A { [k]() { return 1 } }', 'class extends B { [l]() { return 1 } }')
    assert.deepEqual(normalFormOf('class extends A { [k]() { return this.x } }').holes, [])
    assert.deepEqual(
      normalFormOf('class { ["k"]() { return 1 } }').pieces,
      normalFormOf('class { k() { return 1 } }').pieces,
    )
  })

  it('holds all of the classes in it', () => {
    assertDifferent(
      '() => class extends A { [k]() {} }',
      '() => class extends B { [k]() {} }',
      '() => class extends A { [l]() {} }',
    )
    assertSame(
      '() => { class A { m() { return A } } return A }',
      '() => { class B { m() { return B } } return B }',
    )
    assertSame('() => class A { m() { return A } }', '() => class B { m() { return B } }')
    assertDifferent('() => class A { m() { return A } }', '() => class B { m() { return A } }')
  })

  it('is the same with the names that esbuild keeps', () => {
    assertSame('class A { x = 1 }', 'class A { static { __name(this, "A"); } x = 1 }')
    assertDifferent('class A { x = 1 }', 'class A { static { __name(this, a); } x = 1 }')
  })

  it('lists the methods in its text, each with the source that it has by itself', () => {
    const text = `class {
      a() { return 1 } ; static /* c */ async b() {} // d
      static
      *c() {} get d() { return 2 } set d(x) {} #e() {} ['f']() {} [Symbol.iterator]() {} static get() {}
      g = () => 1; constructor() {}
    }`
    const made: unknown = new Function(`return ${text}`)()
    assert.ok(typeof made === 'function')
    const members = normalFormOf(text).members
    assert.deepEqual(
      members.map(({ key, kind, isStatic }) => `${isStatic ? 'static ' : ''}${kind} ${String(key)}`),
      [
        ...['method a', 'static method b', 'static method c', 'get d', 'set d', 'method #e'],
        ...['method f', 'method undefined', 'static method get'],
      ],
    )
    const sources = new Set<string>()
    for (const holder of [made, made.prototype]) {
      for (const key of Reflect.ownKeys(holder)) {
        const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {}
        for (const fn of [value, get, set])
          if (typeof fn === 'function' && fn !== made) sources.add(String(fn))
      }
    }
    assert.deepEqual(new Set(members.filter(({ key }) => key !== '#e').map(({ source }) => source)), sources)
    assert.deepEqual(normalFormOf('() => class { m() {} }').members, [])
  })

  it('sees its own name as itself', () => {
    assert.equal(
      normalText('class A { m() { return A } }'),
      '(class _ [(method "m" (function [] [(return self)]))])',
    )
  })
})

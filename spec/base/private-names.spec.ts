import assert from 'node:assert/strict'
import { hasLoweredPrivates, privateFieldNames } from '../../lib/base/private-names.ts'

describe('privateFieldNames', () => {
  it('gives the private instance fields, not methods, accessors and static ones', () => {
    const source =
      'class A { #a; #b = 1; x = 2; #m() {} get #g() { return 1 } static #s = 1; static { this.#s } }'
    assert.deepEqual(privateFieldNames(source), ['#a', '#b'])
  })

  it('is not misled by texts, comments and inner classes', () => {
    assert.deepEqual(
      privateFieldNames('class A { /* #a */ x = "#b"; y = /#c/; m() { return class { #d } } }'),
      [],
    )
    assert.deepEqual(privateFieldNames('class A {}'), [])
  })

  it('reads classes that extend others', () => {
    assert.deepEqual(
      privateFieldNames('class A extends B { #a; constructor() { super(); this.#a = super.x } }'),
      ['#a'],
    )
  })

  it('gives none for a constructor that is a function, undefined for what it cannot read', () => {
    assert.equal(privateFieldNames('class A { @new #syntax# }'), undefined)
  })
})

describe('hasLoweredPrivates', () => {
  it('knows what tsc and babel make of private fields', () => {
    assert.ok(hasLoweredPrivates('class A { m() { return __classPrivateFieldGet(this, _A_x, "f") } }'))
    assert.ok(hasLoweredPrivates('class A { constructor() { __privateAdd(this, _x, 1) } }'))
    assert.ok(hasLoweredPrivates('class A { constructor() { _classPrivateFieldInitSpec(this, _x, 1) } }'))
    assert.ok(!hasLoweredPrivates('class A { m() { return this.x } }'))
  })
})

import assert from 'node:assert/strict'
import { depsOf, versionOf } from '../../lib/fingerprint/salts.ts'
import { edit } from '../support/code-variants.ts'

describe('depsOf', () => {
  it('is empty for none', () => {
    assert.equal(depsOf([]), '')
  })

  it('compares values by structure and functions by fingerprint', () => {
    assert.equal(depsOf([{ a: 1, b: 2 }, edit('f', 'a')]), depsOf([{ b: 2, a: 1 }, edit('f', 'a')]))
    assert.notEqual(depsOf([edit('f', 'a')]), depsOf([edit('f', 'b')]))
    assert.notEqual(depsOf([1, 2]), depsOf([2, 1]))
  })

  it('counts what a function captures', () => {
    const adder = (by: number) => (n: number) => n + by
    assert.equal(depsOf([adder(1)]), depsOf([adder(1)]))
    assert.notEqual(depsOf([adder(1)]), depsOf([adder(2)]))
  })

  it('refuses what has no identity, and says where', () => {
    assert.throws(() => depsOf([1, new WeakMap()]), { code: 'ERR_CACHE_UNKEYABLE', message: /deps\[1\]/ })
  })
})

describe('versionOf', () => {
  it('tells a version from none, and 1 from "1"', () => {
    assert.equal(new Set([undefined, 1, '1', '', 2].map(versionOf)).size, 5)
    assert.equal(versionOf(undefined), '')
    assert.notEqual(versionOf(''), '')
  })
})

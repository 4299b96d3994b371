import assert from 'node:assert/strict'
import { decorate } from 'cachedict'
import { codeOf, depsOf, versionOf } from '../../lib/fingerprint/code-of.ts'
import { edit } from '../support/code-variants.ts'

describe('codeOf', () => {
  it('is equal for the same source, and differs for another', () => {
    assert.equal(codeOf(edit('f', 'a'), 'deep'), codeOf(edit('f', 'a'), 'deep'))
    assert.notEqual(codeOf(edit('f', 'a'), 'deep'), codeOf(edit('f', 'b'), 'deep'))
    assert.equal(codeOf(edit('f', 'a'), 'own'), codeOf(edit('f', 'a'), 'deep'))
  })

  it('is empty where the code is off', () => {
    assert.equal(codeOf(edit('f', 'a'), 'off'), '')
  })

  it('looks through a cached function at the one inside', () => {
    const fn = edit('f', 'a')
    assert.equal(codeOf(decorate(fn), 'deep'), codeOf(fn, 'deep'))
  })

  it("is not fooled by a toString of the function's own", () => {
    const fn = Object.assign(() => 1, { toString: () => 'other' })
    assert.equal(
      codeOf(fn, 'deep'),
      codeOf(
        Object.assign(() => 1),
        'deep',
      ),
    )
  })
})

describe('depsOf', () => {
  it('is empty for none', () => {
    assert.equal(depsOf([]), '')
  })

  it('compares values by structure and functions by source', () => {
    assert.equal(depsOf([{ a: 1, b: 2 }, edit('f', 'a')]), depsOf([{ b: 2, a: 1 }, edit('f', 'a')]))
    assert.notEqual(depsOf([edit('f', 'a')]), depsOf([edit('f', 'b')]))
    assert.notEqual(depsOf([1, 2]), depsOf([2, 1]))
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

import assert from 'node:assert/strict'
import { type AnyFunction, isNative, nameOf, sourceDigest, sourceOf } from '../../lib/keys/source.ts'

const run = (source: string): AnyFunction => new Function(`return ${source}`)()

describe('sourceOf', () => {
  it('gives the text as it was written', () => {
    assert.equal(sourceOf(run('( a )=>  a /* b */')), '( a )=>  a')
    assert.equal(sourceDigest(run('a => a')), sourceDigest(run('a => a')))
  })
})

describe('isNative', () => {
  it('holds for functions without a source', () => {
    assert.ok(isNative(Math.max) && isNative(run('a => a').bind(null)) && isNative(Map))
    assert.ok(
      !isNative(run('a => "{ [native code] }"')) && !isNative(run('function () { /* [native code] */ }')),
    )
  })
})

describe('nameOf', () => {
  it('runs no code', () => {
    assert.equal(nameOf(run('class A { static get name() { throw new Error() } }')), '')
    assert.equal(nameOf(run('class A {}')), 'A')
  })
})

import assert from 'node:assert/strict'
import {
  type AnyFunction,
  isNative,
  nameOf,
  ORIGINAL,
  sourceDigest,
  sourceOf,
  unwrapped,
} from '../../lib/keys/source.ts'

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

  it('asks no Proxy', () => {
    const bomb = () => {
      throw new Error('ran')
    }
    assert.equal(nameOf(new Proxy(() => 1, { get: bomb, getOwnPropertyDescriptor: bomb })), '')
  })
})

describe('unwrapped', () => {
  const standsFor = (fn: AnyFunction, other: unknown) => Object.defineProperty(fn, ORIGINAL, { value: other })

  it('gives the innermost function that another stands for', () => {
    const inner = () => 1
    assert.equal(
      unwrapped(
        standsFor(
          () => 2,
          standsFor(() => 3, inner),
        ),
      ),
      inner,
    )
    assert.equal(unwrapped(inner), inner)
    const proxy = new Proxy(inner, {})
    assert.equal(unwrapped(proxy), proxy)
  })

  it('comes to an end with functions that stand for each other, or for nothing', () => {
    const [one, other] = [() => 1, () => 2]
    standsFor(one, other)
    standsFor(other, one)
    assert.ok([one, other].includes(unwrapped(one) as () => number))
    const none = () => 3
    assert.equal(unwrapped(standsFor(none, { a: 1 })), none)
  })
})

import assert from 'node:assert/strict'
import { IGNORED } from '../../lib/keys/atoms.ts'
import { without } from '../../lib/keys/without.ts'

describe('without', () => {
  it('copies the way to what is left out, and nothing else', () => {
    const kept = {}
    const value = { a: { b: 1, c: kept }, d: kept }
    const left = without(value, ['a', 'b']) as typeof value
    assert.deepEqual(left, { a: { c: {} }, d: {} })
    assert.ok(left.d === kept && left.a.c === kept)
    assert.deepEqual(value, { a: { b: 1, c: {} }, d: {} })
    assert.deepEqual(without([1, { a: 2 }], ['1', 'a']), [1, {}])
    assert.deepEqual(without([1, 2], ['0']), [IGNORED, 2])
    assert.equal(without(1, []), IGNORED)
  })

  it('gives the value itself where there is nothing, or where a copy would not be true to it', () => {
    const trap = () => assert.fail('was run')
    const content = Object.defineProperty({ a: 1 }, Symbol.for('cachedict.content'), { value: trap })
    const proxy = new Proxy({ a: 1 }, { ownKeys: trap, getPrototypeOf: trap })
    const secret = new (class Secret {
      #a = 1
      a = this.#a
    })()
    for (const value of [{}, 1, null, new Map(), Object.assign(new Map(), { a: 1 }), content, proxy, secret])
      assert.equal(without(value, ['a']), value)
  })
})

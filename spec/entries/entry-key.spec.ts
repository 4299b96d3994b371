import assert from 'node:assert/strict'
import fc from 'fast-check'
import { callKeyOf, callKeyPrefix, keyText, plainUserKey, userKeyOf } from '../../lib/entries/entry-key.ts'

describe('userKeyOf', () => {
  it('differs for keys that differ', () => {
    const keys = [
      '',
      '1',
      1,
      1n,
      true,
      'true',
      null,
      undefined,
      0,
      -0,
      '0',
      '-0',
      Number.NaN,
      'NaN',
      [],
      {},
      [1],
      ['1'],
      'x'.repeat(100),
      'x'.repeat(101),
      '\ud800',
      'a\nb',
      new Map(),
      new Set(),
      { a: undefined },
      [undefined],
      new Date(0),
      new Date(Number.NaN),
      Symbol.for('a'),
      /a/,
      new Uint8Array(1),
      new Int8Array(1),
    ]
    assert.equal(new Set(keys.map(key => userKeyOf(key))).size, keys.length)
  })

  it('is equal for keys of equal structure', () => {
    assert.equal(userKeyOf({ a: 1, b: [2] }), userKeyOf({ b: [2], a: 1 }))
    assert.equal(userKeyOf(Number.NaN), userKeyOf(0 / 0))
    assert.equal(userKeyOf(new Set([1, 2])), userKeyOf(new Set([2, 1])))
  })

  it('shows short strings and numbers, and gives them back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 100 }), fc.double()), key => {
        const shown = plainUserKey(userKeyOf(key))
        return shown === undefined || Object.is(shown, key)
      }),
    )
    assert.equal(plainUserKey(userKeyOf('step 1')), 'step 1')
    assert.ok(Object.is(plainUserKey(userKeyOf(-0)), -0))
    assert.equal(plainUserKey(userKeyOf([1])), undefined)
  })

  it('refuses keys without identity, and says where', () => {
    assert.throws(() => userKeyOf({ deep: [Promise.resolve()] }), {
      code: 'ERR_CACHE_UNKEYABLE',
      message: /deep\[0\]/,
    })
  })
})

describe('keyText', () => {
  it('is 64 hexadecimal digits, whatever the key', () => {
    for (const storeKey of [
      userKeyOf('short'),
      userKeyOf(3),
      userKeyOf([1]),
      callKeyOf('f', 'a'.repeat(64)),
    ]) {
      assert.match(keyText(storeKey), /^[0-9a-f]{64}$/)
    }
    assert.notEqual(keyText(userKeyOf('3')), keyText(userKeyOf(3)))
  })
})

describe('callKeyPrefix', () => {
  it('takes any name, lone surrogates and colons too', () => {
    for (const name of ['a:b', '\ud800', 'é', 'x'.repeat(1_000)]) {
      const prefix = callKeyPrefix(name)
      assert.ok(prefix.length <= 103)
      assert.equal(prefix.indexOf(':', 2), prefix.length - 1)
      assert.ok(callKeyOf(name, 'digest').startsWith(prefix))
    }
  })
})

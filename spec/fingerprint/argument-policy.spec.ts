import assert from 'node:assert/strict'
import { ARGUMENT_POLICY } from '../../lib/fingerprint/argument-policy.ts'
import { canonicalBytes } from '../../lib/keys/canonical.ts'

const bytesOf = (value: unknown) =>
  Buffer.from(canonicalBytes(value, { policy: ARGUMENT_POLICY })).toString('hex')

describe('Functions and classes in arguments', () => {
  it('count by what they do and what they capture', () => {
    const add = (n: number) => (a: number) => a + n
    assert.equal(bytesOf([add(1)]), bytesOf([add(1)]))
    assert.notEqual(bytesOf([add(1)]), bytesOf([add(2)]))
    assert.notEqual(bytesOf([add(1)]), bytesOf([(a: number) => a - 1]))
    assert.equal(bytesOf(Math.max), bytesOf(globalThis.Math.max))
    assert.notEqual(bytesOf(((a: number) => a).bind(null, 1)), bytesOf(((a: number) => a).bind(null, 2)))
  })

  it('are the classes of instances too, with what these call', () => {
    const make = (rate: number) =>
      class Price {
        value() {
          return rate
        }
      }
    assert.notEqual(bytesOf(new (make(1))()), bytesOf(new (make(2))()))
  })

  it('are refused where they cannot be told from others', () => {
    const arrow = function (this: unknown) {
      return () => this
    }.call({})
    assert.throws(() => bytesOf([arrow]), { code: 'ERR_CACHE_UNKEYABLE', message: /key\[0\]/ })
  })
})

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { digest } from '../../lib/keys/canonical.ts'
import { isSameConstant } from '../../lib/keys/same-constant.ts'

describe('isSameConstant', () => {
  it('says what the digests say', () => {
    const value = fc.jsonValue({ maxDepth: 2 }).map(json => structuredClone(json))
    fc.assert(
      fc.property(value, value, (a, b) => {
        assert.equal(isSameConstant(a, b), digest(a) === digest(b))
        assert.ok(isSameConstant(structuredClone(a), a))
      }),
    )
    assert.ok(!isSameConstant(0, -0) && isSameConstant(Number.NaN, Number.NaN) && !isSameConstant('1', 1))
  })

  it('denies what only looks like it, and runs nothing', () => {
    const trap = () => assert.fail('was run')
    for (const value of [
      new Proxy({}, { ownKeys: trap, getPrototypeOf: trap }),
      Object.create(null),
      Object.setPrototypeOf(new Map([[1, 2]]), Object.prototype),
      Object.defineProperty({}, Symbol.for('cachedict.content'), { value: trap }),
      Object.defineProperty({}, 'a', { value: 1 }),
      { [Symbol.for('a')]: 1 },
      new (class A {})(),
      (function (..._: unknown[]) {
        // biome-ignore lint/complexity/noArguments: it is what is tried
        return arguments
      })(),
      [],
      new Date(0),
    ])
      assert.equal(isSameConstant(value, {}), false)
    assert.equal(
      isSameConstant(Object.defineProperty({}, 'a', { get: trap, enumerable: true }), { a: 1 }),
      false,
    )
    assert.equal(isSameConstant(Object.defineProperty({}, 'a', { value: 1 }), { a: 1 }), false)
    assert.equal(isSameConstant(new Array(1), [undefined]), false)
  })

  it('does not look through a long array', () => {
    const long = Array.from({ length: 1_000_000 }, (_, i) => i)
    const start = process.hrtime.bigint()
    for (let i = 0; i < 1000; i++) assert.equal(isSameConstant(long, [0]), false)
    // Listing its keys once takes longer than this thousand.
    assert.ok(Number(process.hrtime.bigint() - start) < 1e8)
  })
})

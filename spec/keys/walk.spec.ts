import assert from 'node:assert/strict'
import { isCacheError } from '../../lib/base/errors.ts'
import { canonicalBytes, digest } from '../../lib/keys/canonical.ts'

const DEEP = 100_000

function nested(innermost: unknown, depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value = innermost
  for (let i = 0; i < depth; i++) value = wrap(value)
  return value
}

const WRAPS: Record<string, (inner: unknown) => unknown> = {
  arrays: inner => [inner],
  objects: inner => ({ inner }),
  Maps: inner => new Map([[1, inner]]),
  'keys of Maps': inner => new Map([[inner, 1]]),
  Sets: inner => new Set([inner]),
  causes: inner => new Error('e', { cause: inner }),
}

describe('writeTree', () => {
  for (const [name, wrap] of Object.entries(WRAPS)) {
    it(`goes ${DEEP} ${name} deep, and sees what lies there`, () => {
      const deep = digest(nested(1, DEEP, wrap))
      assert.equal(digest(nested(1, DEEP, wrap)), deep)
      assert.notEqual(digest(nested(2, DEEP, wrap)), deep)
    })
  }

  it('is linear in objects that are shared on each of a hundred levels', () => {
    const laughs = (joke: unknown): unknown => nested(joke, 100, inner => ({ a: inner, b: [inner] }))
    assert.equal(digest(laughs('ha')), digest(laughs('ha')))
    assert.notEqual(digest(laughs('ha')), digest(laughs('hi')))
  })

  it('gives a shared object the bytes of its copies, on small levels', () => {
    const shared = nested('x', 8, inner => [inner, inner])
    const unfold = (depth: number): unknown => (depth === 0 ? 'x' : [unfold(depth - 1), unfold(depth - 1)])
    assert.equal(digest(shared), digest(unfold(8)))
  })

  it('keeps the bytes short whatever the size of the value', () => {
    const value = Array.from({ length: 20_000 }, (_, i) => ({ id: i, name: `n${i}` }))
    assert.ok(canonicalBytes(value).length < 100)
    const changed = value.with(19_999, { id: 19_999, name: 'other' })
    assert.notEqual(digest(value), digest(changed))
  })

  it('names the way to what has no identity', () => {
    const promise = Promise.resolve()
    const paths: [unknown, string][] = [
      [promise, 'key'],
      [[1, promise], 'key[1]'],
      [{ a: { b: promise } }, 'key.a.b'],
      [{ 'two words': promise }, 'key["two words"]'],
      [{ [Symbol.for('s')]: promise }, 'key[Symbol(s)]'],
      [new Map([['k', promise]]), 'key.get("k")'],
      [new Map([[{}, promise]]), 'key.values()[0]'],
      [new Map([[1, 1], [promise, 1] as never]), 'key.keys()[1]'],
      [new Set([1, promise]), 'key.values()[1]'],
      [new Error('e', { cause: { promise } }), 'key.cause.promise'],
      [Object.assign(new Array(3), { 2: promise }), 'key[2]'],
      [Object.assign(() => 1, { promise }), 'key.promise'],
      [{ a: 1, b: [{ c: promise }], d: 1 }, 'key.b[0].c'],
    ]
    for (const [value, path] of paths) {
      assert.throws(
        () => canonicalBytes(value),
        error => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && error.details.path === path,
        path,
      )
    }
  })
})

import assert from 'node:assert/strict'
import { attempt, chain, isPromiseLike } from '../../lib/base/maybe-promise.ts'

describe('isPromiseLike', () => {
  it('knows whatever has a then to call', () => {
    const withThen = (target: object, then: unknown) => Object.defineProperty(target, 'then', { value: then })
    const likes = [
      Promise.resolve(),
      withThen({}, () => {}),
      withThen(
        () => {},
        () => {},
      ),
    ]
    for (const like of likes) assert.equal(isPromiseLike(like), true)
    const others = [null, undefined, 1, 'then', {}, withThen({}, 1)]
    for (const other of others) assert.equal(isPromiseLike(other), false)
  })
})

describe('chain', () => {
  it('goes on at once where the value is there, and later where it is promised', async () => {
    assert.equal(
      chain(1, value => value + 1),
      2,
    )
    const later = chain(Promise.resolve(1), value => value + 1)
    assert.ok(isPromiseLike(later))
    assert.equal(await later, 2)
  })
})

describe('attempt', () => {
  const next = (value: number) => `got ${value}`
  const failed = (error: unknown) => `failed: ${(error as Error).message}`
  const broken = () => {
    throw new Error('no')
  }

  it('leads a throw and a rejection to the same way out', async () => {
    assert.equal(
      attempt(() => 1, next, failed),
      'got 1',
    )
    assert.equal(attempt<number, string>(broken, next, failed), 'failed: no')
    assert.equal(await attempt(async () => 1, next, failed), 'got 1')
    assert.equal(await attempt<number, string>(async () => broken(), next, failed), 'failed: no')
  })

  it('lets an error of the next step through: that is not what was attempted', async () => {
    assert.throws(() => attempt(() => 1, broken, failed), /no/)
    await assert.rejects(async () => attempt(async () => 1, broken, failed), /no/)
  })
})

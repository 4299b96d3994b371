import assert from 'node:assert/strict'
import { expect, expectedFrom } from '../../lib/fingerprint/expected.ts'

const helper = () => 1
const other = () => 2
const make = (n: number) => () => helper() + n

describe('expectedFrom', () => {
  it('gives what a function of the same text reached', () => {
    const [first, second] = [make(1), make(2)]
    assert.deepEqual(expectedFrom(second), [])
    expect(first, [{ fn: first }, { fn: helper }])
    assert.deepEqual(expectedFrom(second), [helper])
    expect(second, [{ fn: second }, { fn: other }])
    assert.deepEqual(expectedFrom(first), [other])
  })

  it('never gives the function itself', () => {
    const again = (n: number): number => (n > 0 ? again(n - 1) : helper())
    expect(again, [{ fn: again }, { fn: helper }, { fn: again }])
    assert.deepEqual(expectedFrom(again), [helper])
  })
})

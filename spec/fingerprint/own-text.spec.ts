import assert from 'node:assert/strict'
import { ownTextOf } from '../../lib/fingerprint/own-text.ts'

describe('ownTextOf', () => {
  const make = (rate: number) => (n: number) => n * rate
  const other = (tax: number) => (n: number) => n * tax

  it('names what it takes from outside, and does not look at it', () => {
    assert.equal(ownTextOf(make(1)), ownTextOf(make(2)))
    assert.notEqual(ownTextOf(make(1)), ownTextOf(other(1)))
  })

  it('does not hold its own name', () => {
    assert.equal(
      ownTextOf(function one(n: number): number {
        return n > 0 ? one(n - 1) : 0
      }),
      ownTextOf(function two(n: number): number {
        return n > 0 ? two(n - 1) : 0
      }),
    )
  })
})

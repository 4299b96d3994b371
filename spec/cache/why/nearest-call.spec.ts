import assert from 'node:assert/strict'
import { nearestCall } from '../../../lib/cache/why/nearest-call.ts'

describe('nearestCall', () => {
  it('is the one that differs in the fewest places, the first of equal ones', () => {
    const kept = [
      ['a', 1, 1],
      ['b', 2, 1],
      ['b', 1, 2],
    ]
    assert.deepEqual(nearestCall(['b', 2, 2], kept), {
      args: ['b', 2, 1],
      differences: [{ path: 'args[2]', before: 1, after: 2 }],
    })
  })

  it('shows five places at most', () => {
    const args = [1, 2, 3, 4, 5, 6, 7]
    assert.equal(nearestCall(args, [args.map(n => n + 1)])?.differences.length, 5)
  })

  it('is none where nothing is kept, nothing is alike, or nothing differs', () => {
    const args = Array.from({ length: 30 }, (_, i) => i)
    assert.equal(nearestCall([1], []), undefined)
    assert.equal(nearestCall(args, [args.map(n => -n - 1)]), undefined)
    assert.equal(nearestCall([1], [[1]]), undefined)
  })
})

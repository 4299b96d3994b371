import assert from 'node:assert/strict'
import { takeTurn } from '../../lib/cache/turns.ts'

describe('takeTurn', () => {
  it('lets one in after the other, in the order in which they asked', async () => {
    const owner = {}
    const order: string[] = []
    const ends: (() => void)[] = []
    const entering = ['a', 'b', 'c'].map(async name => {
      ends.push(await takeTurn(owner))
      order.push(name)
    })
    await entering[0]
    assert.deepEqual(order, ['a'])
    ends[0]!()
    await entering[1]
    assert.deepEqual(order, ['a', 'b'])
    ends[1]!()
    ends[1]!()
    await entering[2]
    assert.deepEqual(order, ['a', 'b', 'c'])
  })

  it('holds up nobody else', async () => {
    await takeTurn({})
    await takeTurn({})
  })
})

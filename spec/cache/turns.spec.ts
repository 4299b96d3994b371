import assert from 'node:assert/strict'
import { isCacheError } from '../../lib/base/errors.ts'
import { duringTurn, takeTurn } from '../../lib/cache/turns.ts'

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

describe('duringTurn', () => {
  it('refuses the same turn inside, across awaits, and no other', async () => {
    const owner = {}
    const end = await takeTurn(owner)
    await duringTurn(owner, async () => {
      await null
      await assert.rejects(takeTurn(owner), error => isCacheError(error, 'ERR_CACHE_RECURSION'))
      await duringTurn({}, () =>
        assert.rejects(takeTurn(owner), error => isCacheError(error, 'ERR_CACHE_RECURSION')),
      )
      ;(await takeTurn({}))()
    })
    end()
    ;(await takeTurn(owner))()
  })

  it('passes on what its body gives and throws', async () => {
    assert.equal(await duringTurn({}, () => 5), 5)
    await assert.rejects(
      duringTurn({}, () => {
        throw new Error('no')
      }),
      /no/,
    )
  })
})

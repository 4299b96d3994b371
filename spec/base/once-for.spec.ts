import assert from 'node:assert/strict'
import { onceFor } from '../../lib/base/once-for.ts'

describe('onceFor', () => {
  it('asks once for each object, also where there is nothing to be had', () => {
    const asked: object[] = []
    const get = onceFor((key: object) => {
      asked.push(key)
      return asked.length === 1 ? undefined : asked.length
    })
    const [a, b] = [{}, {}]
    assert.deepEqual([get(a), get(b), get(a), get(b)], [undefined, 2, undefined, 2])
    assert.deepEqual(asked, [a, b])
  })

  it('asks again after a throw', () => {
    let asked = 0
    const get = onceFor(() => {
      asked += 1
      if (asked === 1) throw new Error('mine')
      return asked
    })
    const key = {}
    assert.throws(() => get(key), /mine/)
    assert.equal(get(key), 2)
  })
})

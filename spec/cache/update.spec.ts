import assert from 'node:assert/strict'
import { encode } from 'cachedict'
import { applyRecipe } from '../../lib/cache/update.ts'

interface Draft {
  n: number
  list?: number[]
}

describe('applyRecipe', () => {
  it('leaves the value as it was where immer drafts it', () => {
    const value: Draft = { n: 1, list: [1] }
    const recipe = (draft: Draft) => {
      draft.n = 2
    }
    const made = applyRecipe(value, recipe, encode(value))
    assert.deepEqual([made.n, value.n], [2, 1])
    assert.equal(made.list, value.list)
    assert.equal(Object.isFrozen(made), false)
  })

  it('refuses to take a changed draft and another value at once', () => {
    const recipe = (draft: Draft) => {
      draft.n = 2
      return { n: 3 }
    }
    assert.throws(() => applyRecipe({ n: 1 }, recipe, encode({ n: 1 })), /immer/i)
  })

  it('changes in place what immer does not draft', () => {
    const value = new Map([['a', 1]])
    assert.equal(
      applyRecipe(value, draft => void draft.set('b', 2), encode(value)),
      value,
    )
    assert.equal(value.size, 2)
  })

  it('takes a returned value, or undefined for no change', () => {
    assert.equal(
      applyRecipe(1, n => n + 1, encode(1)),
      2,
    )
    assert.equal(
      applyRecipe(1, () => undefined, encode(1)),
      1,
    )
    assert.equal(
      applyRecipe<number | undefined>(undefined, n => (n ?? 0) + 1, undefined),
      1,
    )
  })
})

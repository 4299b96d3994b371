import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  enclosing,
  newEvaluation as evaluationOf,
  noteExpiry,
  runTracked,
} from '../../lib/cache/evaluation.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'

const newEvaluation = (store: MemoryStore, id: string) =>
  evaluationOf(store, id, { own: { placeId: 'x', view: undefined }, storeKey: id })

describe('runTracked', () => {
  const store = new MemoryStore()

  it('notes the earliest expiry of what is used inside, across awaits', async () => {
    const evaluation = newEvaluation(store, 'a')
    await runTracked(evaluation, async () => {
      noteExpiry(50)
      await nextTurn()
      noteExpiry(20)
      noteExpiry(undefined)
      noteExpiry(30)
    })
    assert.equal(evaluation.expiresAtMs, 20)
  })

  it('tells two that run at once apart', async () => {
    const both = [newEvaluation(store, 'a'), newEvaluation(store, 'b')]
    await Promise.all(
      both.map((evaluation, index) =>
        runTracked(evaluation, async () => {
          await nextTurn()
          noteExpiry(index + 1)
        }),
      ),
    )
    assert.deepEqual(
      both.map(each => each.expiresAtMs),
      [1, 2],
    )
  })

  it('knows inside which calls it runs', () => {
    assert.deepEqual(enclosing(store), [])
    runTracked(newEvaluation(store, 'outer'), () => {
      runTracked(newEvaluation(store, 'inner'), () => {
        assert.deepEqual(enclosing(store), ['inner', 'outer'])
        assert.deepEqual(enclosing(new MemoryStore()), [])
      })
      assert.deepEqual(enclosing(store), ['outer'])
    })
    assert.deepEqual(enclosing(store), [])
  })

  it('passes results, errors and rejections on, and is over then', async () => {
    assert.equal(
      runTracked(newEvaluation(store, 'a'), () => 5),
      5,
    )
    assert.throws(() => runTracked(newEvaluation(store, 'a'), () => assert.fail('mine')), /mine/)
    await assert.rejects(
      async () => runTracked(newEvaluation(store, 'a'), async () => assert.fail('mine')),
      /mine/,
    )
    await nextTurn()
    assert.deepEqual(enclosing(store), [])
    assert.equal(newEvaluation(store, 'b').parent, undefined)
  })
})

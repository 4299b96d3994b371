import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type Evaluation,
  enclosing,
  newEvaluation as evaluationOf,
  isTracked,
  noteCall,
  noteExpiry,
  noteListing,
  noteRead,
  noteWrite,
  runTracked,
} from '../../lib/cache/evaluation.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'

const newEvaluation = (store: MemoryStore, id: string) =>
  evaluationOf(store, id, { own: { placeId: 'x', view: undefined }, storeKey: id })

const read = { what: 'value', label: '', codeVersion: '', stamp: '', digest: 'd' } as const

describe('what is noted', () => {
  const store = new MemoryStore()
  const source = { placeId: 'x', view: undefined }
  const keysOf = ({ reads }: Evaluation) => reads.madeOf().uses.map(({ key }) => key)

  it('belongs to every evaluation around it, across awaits, and to no other', async () => {
    const [outer, inner, other] = ['outer', 'inner', 'other'].map(id => newEvaluation(store, id))
    await Promise.all([
      runTracked(outer!, async () => {
        const nested = { ...inner!, parent: outer }
        await runTracked(nested, async () => {
          await nextTurn()
          noteRead({ ...read, source, key: 'a' })
        })
        noteRead({ ...read, source, key: 'b' })
      }),
      runTracked(other!, async () => {
        await nextTurn()
        noteRead({ ...read, source, key: 'c' })
      }),
    ])
    assert.deepEqual([keysOf(outer!), keysOf(inner!), keysOf(other!)], [['a', 'b'], ['a'], ['c']])
  })

  it('is not what was written there before, nor what lay under the key of the result', () => {
    const evaluation = newEvaluation(store, 'own')
    runTracked(evaluation, () => {
      noteWrite(source, 'a')
      for (const key of ['a', 'b', 'own']) noteRead({ ...read, source, key })
      noteWrite(source, 'b')
    })
    assert.deepEqual(keysOf(evaluation), ['b'])
  })

  it('is of a listing what lies there without the results that are being evaluated', () => {
    const outer = newEvaluation(store, 'outer')
    runTracked(outer, () => {
      const inner = newEvaluation(store, 'inner')
      runTracked(inner, () => noteListing(source, 'keys', without => ({ stamp: '', digest: without.join() })))
      assert.deepEqual(inner.reads.madeOf().uses, [
        { ...read, what: 'keys', place: '.', key: 'inner', digest: 'inner' },
      ])
    })
    assert.deepEqual(outer.reads.madeOf().uses, [
      { ...read, what: 'keys', place: '.', key: 'inner\nouter', digest: 'inner,outer' },
    ])
  })

  it('is a cached function that an inner one calls, for those around it too', () => {
    const [outer, inner] = ['outer', 'inner'].map(id => newEvaluation(store, id))
    const call = { name: 'f', codeVersion: 'c...', values: '' }
    runTracked({ ...inner!, parent: outer }, () => noteCall({ ...call, placeId: '/other' }))
    for (const { reads } of [outer!, inner!])
      assert.deepEqual(reads.madeOf().calls, [{ ...call, place: '/other' }])
  })

  it('is nothing outside of an evaluation', () => {
    assert.equal(isTracked(), false)
    runTracked(newEvaluation(store, 'a'), () => assert.equal(isTracked(), true))
    assert.equal(isTracked(), false)
  })
})

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

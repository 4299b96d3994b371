import assert from 'node:assert/strict'
import type { RecallSettings } from '../../lib/cache/call.ts'
import { newEvaluation, runTracked } from '../../lib/cache/evaluation.ts'
import { noteErrorExpiry, noteResult, sourceOf } from '../../lib/cache/note-result.ts'
import { storeShelf } from '../../lib/cache/store-shelf.ts'
import { OF_NOTHING } from '../../lib/entries/made-of.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { callOf } from '../support/calls.ts'
import { entryOf, useOf, viewOf } from '../support/entries.ts'

describe('noteResult', () => {
  const shelf = storeShelf(new MemoryStore())
  const dictShelf = { ...shelf, view: () => viewOf({}) }
  const own = sourceOf(shelf)
  const noted = (body: () => void) => {
    const evaluation = newEvaluation(shelf.store, 'outer', { own, storeKey: 'd"outer' })
    runTracked(evaluation, body)
    return evaluation.reads.madeOf()
  }

  it('notes of a function which code gave it, and what that was made of', () => {
    const entry = entryOf(1, {
      codeVersion: 'c...',
      madeOf: { uses: [useOf({ place: '/other' })], calls: [] },
    })
    assert.deepEqual(
      noted(() => noteResult(shelf, callOf(), entry)),
      {
        uses: [useOf({ place: '/other' })],
        calls: [{ place: '.', name: 'area', codeVersion: 'c...', values: '' }],
      },
    )
  })

  it('notes of a dictionary which value it was', () => {
    const { uses, calls } = noted(() => noteResult(dictShelf, callOf(), entryOf(1), OF_NOTHING))
    assert.deepEqual(calls, [])
    assert.deepEqual(
      uses.map(({ what, key, codeVersion, digest }) => [what, key, codeVersion, digest.length]),
      [['result', 'd"key', 'one...', 32]],
    )
  })

  it('notes what was not kept as absent', () => {
    const { uses } = noted(() => noteResult(dictShelf, callOf({ label: () => 'the key' }), undefined))
    assert.deepEqual(uses, [
      useOf({ place: '.', what: 'result', key: 'd"key', label: 'the key', codeVersion: 'one...' }),
    ])
  })

  it('notes what a result that was not kept was made of', () => {
    const madeOf = { uses: [useOf({ place: '/other' })], calls: [] }
    const { uses } = noted(() => noteResult(shelf, callOf(), undefined, madeOf))
    assert.deepEqual(uses, madeOf.uses)
  })

  it('costs nothing outside of an evaluation', () => {
    const call = callOf({ code: () => assert.fail() })
    noteResult(shelf, call, entryOf(1))
  })
})

describe('noteErrorExpiry', () => {
  it('bounds who catches an error that may be kept, and nobody else', () => {
    const store = new MemoryStore()
    const own = { placeId: 'x', view: undefined }
    const noted = (settings: Partial<RecallSettings>) => {
      const evaluation = newEvaluation(store, 'outer', { own, storeKey: 'd"outer' })
      runTracked(evaluation, () => noteErrorExpiry(callOf({}, settings).settings))
      return evaluation.expiresAtMs
    }
    const latest = Date.now() + 60_000
    assert.ok(noted({ keepsError: () => true, errorTtlMs: 50_000 }) < latest)
    assert.equal(noted({ errorTtlMs: 50_000 }), Number.POSITIVE_INFINITY)
    assert.equal(noted({ keepsError: () => true }), Number.POSITIVE_INFINITY)
  })
})

import assert from 'node:assert/strict'
import { decode } from 'cachedict'
import type { Shelf } from '../../lib/cache/call.ts'
import { newEvaluation, runTracked } from '../../lib/cache/evaluation.ts'
import { deliver, landedOf, onHit } from '../../lib/cache/landing.ts'
import { storeShelf } from '../../lib/cache/store-shelf.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { callOf } from '../support/calls.ts'
import { entryOf } from '../support/entries.ts'

const reported: unknown[] = []
const shelf: Shelf = {
  ...storeShelf(new MemoryStore()),
  report: (type, _, fields) => reported.push([type, (fields as { joined?: boolean }).joined]),
}
const at = { shelf, call: callOf(), startedMs: 0 }

describe('onHit', () => {
  it('gives a value, a promise, a throw or a rejection, as it came', async () => {
    const error = new Error('mine')
    const give = (more: object, value: unknown) => onHit(shelf, callOf(), entryOf(value, more), value, 0)
    assert.equal(give({}, 5), 5)
    assert.equal(await give({ promise: true }, 5), 5)
    assert.throws(
      () => give({ status: 'error' }, error),
      thrown => thrown === error,
    )
    await assert.rejects(
      async () => give({ status: 'error', promise: true }, error),
      thrown => thrown === error,
    )
  })

  it('lets those who use a value expire by the ttl of now where that is shorter', () => {
    const own = { placeId: 'x', view: undefined }
    const around = newEvaluation(shelf.store, 'outer', { own, storeKey: 'outer' })
    const entry = entryOf(5, { createdAtMs: 5_000, expiresAtMs: 9_000 })
    runTracked(around, () => onHit(shelf, callOf({}, { ttlMs: 1_000 }), entry, 5, 0))
    assert.equal(around.expiresAtMs, 6_000)
  })
})

describe('deliver', () => {
  it('gives what was kept as a hit will give it, and what was not as it is', () => {
    const entry = entryOf({ list: [1] })
    const own = { list: [1] }
    const given = deliver(at, { failed: false, value: own, entry })
    assert.deepEqual(given, own)
    assert.notEqual(given, own)
    assert.equal(deliver(at, { failed: false, value: own, entry: undefined }), own)
    assert.throws(() => deliver(at, { failed: true, error: new Error('mine') }), /mine/)
  })

  it('gives large bytes away where nobody else waits for them, and a copy else', () => {
    const entry = entryOf(new Uint8Array(2_000_000))
    const outcome = { failed: false, value: undefined, entry } as const
    const alone = deliver(at, { ...outcome, alone: true }) as Uint8Array
    assert.equal(alone.buffer, entry.value.buffer)
    assert.notEqual((deliver(at, outcome) as Uint8Array).buffer, entry.value.buffer)
    const small = entryOf(new Uint8Array(9_000))
    const kept = deliver(at, { ...outcome, entry: small, alone: true }) as Uint8Array
    assert.notEqual(kept.buffer, small.value.buffer)
  })

  it('counts what somebody else has evaluated as a joined hit, and leaves its bytes alone', () => {
    reported.length = 0
    const entry = entryOf(new Uint8Array(5_000))
    const found = landedOf({ verdict: { hit: true, entry }, value: decode(entry.value) })
    ;(deliver(at, found) as Uint8Array).fill(9)
    assert.deepEqual(deliver(at, found), new Uint8Array(5_000))
    assert.deepEqual(reported, [
      ['hit', true],
      ['hit', true],
    ])
  })
})

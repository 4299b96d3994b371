import assert from 'node:assert/strict'
import { flightOf, startFlight } from '../../lib/cache/flights.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'

describe('flights', () => {
  it('can be joined until they have landed, well or badly', async () => {
    for (const landing of [Promise.resolve(1), Promise.reject(new Error('no'))]) {
      const store = new MemoryStore()
      startFlight(store, 'id', landing)
      assert.equal(flightOf(store, 'id'), landing)
      await landing.catch(() => {})
      await null
      assert.equal(flightOf(store, 'id'), undefined)
    }
  })

  it('are those of one store and one call', () => {
    const store = new MemoryStore()
    startFlight(store, 'id', new Promise(() => {}))
    assert.equal(flightOf(store, 'other'), undefined)
    assert.equal(flightOf(new MemoryStore(), 'id'), undefined)
  })

  it('do not end a later one under the same name', async () => {
    const store = new MemoryStore()
    const first = Promise.resolve(1)
    startFlight(store, 'id', first)
    const second = new Promise(() => {})
    startFlight(store, 'id', second)
    await first
    await null
    assert.equal(flightOf(store, 'id'), second)
  })
})

import assert from 'node:assert/strict'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { writeOf } from '../../lib/stores/store.ts'

describe('MemoryStore', () => {
  it("keeps a user's Map up to date, and sees what the user does to it", () => {
    const map = new Map([['a', Uint8Array.of(1)]])
    const store = new MemoryStore(map)
    assert.deepEqual(store.get('a'), Uint8Array.of(1))
    store.writeSync(
      writeOf(
        [
          { key: 'b', bytes: Buffer.of(2) },
          { key: 'a', bytes: undefined },
        ],
        { durable: true },
      ),
    )
    assert.deepEqual([...map], [['b', Uint8Array.of(2)]])
    map.set('c', Uint8Array.of(3))
    assert.deepEqual(
      [...store.entries()].map(([key]) => key),
      ['b', 'c'],
    )
  })

  it('leaves the Map as it is when it is closed, or its snapshot', () => {
    const map = new Map([['a', Uint8Array.of(1)]])
    const store = new MemoryStore(map)
    store.snapshot().close()
    store.close()
    assert.equal(map.size, 1)
  })

  it('is not persistent, and of one process', () => {
    assert.deepEqual(new MemoryStore().traits, {
      sync: true,
      persistent: false,
      multiProcess: false,
      atomicBatch: true,
      leases: false,
    })
  })
})

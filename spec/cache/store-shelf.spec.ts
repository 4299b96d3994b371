import assert from 'node:assert/strict'
import { encode } from 'cachedict'
import { SharedValues } from '../../lib/cache/shared-values.ts'
import { placeOf, storeShelf } from '../../lib/cache/store-shelf.ts'
import { defaultCodec } from '../../lib/codec/codec.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { writeOf } from '../../lib/stores/store.ts'
import { entryOf } from '../support/entries.ts'

describe('storeShelf', () => {
  const request = writeOf([{ key: 'd"key', bytes: new Uint8Array([1]) }], { durable: true })

  it('reads and keeps in the store, at once or later', async () => {
    const store = new MemoryStore()
    const shelf = storeShelf(store)
    const result = { storeKey: 'd"key', entry: entryOf(1), request, written: true, startedMs: 0 }
    assert.equal(shelf.keep({ ...result, sync: true }), undefined)
    assert.deepEqual(shelf.read('d"key'), new Uint8Array([1]))
    assert.ok(shelf.keep({ ...result, sync: false }) instanceof Promise)
    assert.equal(placeOf(store), 'memory')
  })

  it('opens a value for each caller, or one for all; never an error for all', () => {
    const entry = entryOf({ a: 1 })
    const plain = storeShelf(new MemoryStore())
    assert.notEqual(plain.open(entry, 'k', defaultCodec), plain.open(entry, 'k', defaultCodec))
    const shared = storeShelf(new MemoryStore(), { shared: new SharedValues() })
    assert.equal(shared.open(entry, 'k', defaultCodec), shared.open(entry, 'k', defaultCodec))
    const error = entryOf(1, { status: 'error', value: encode({ message: 'thrown' }) })
    assert.notEqual(shared.open(error, 'e', defaultCodec), shared.open(error, 'e', defaultCodec))
  })
})

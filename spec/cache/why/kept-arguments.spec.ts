import assert from 'node:assert/strict'
import { encode } from 'cachedict'
import { keptArguments } from '../../../lib/cache/why/kept-arguments.ts'
import { encodeEntry } from '../../../lib/entries/entry.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'
import { writeOf } from '../../../lib/stores/store.ts'
import { entryOf } from '../../support/entries.ts'

describe('keptArguments', () => {
  it('are those of the calls of one function, as far as they are kept', async () => {
    const store = new MemoryStore()
    const put = (key: string, args: Uint8Array | undefined, name = 'area') => ({
      key,
      bytes: encodeEntry(entryOf(1, { name, args }), key),
    })
    const changes = [
      put('c:area:1', encode([1])),
      put('c:area:2', undefined),
      put('c:area:3', Uint8Array.of(1, 2, 3)),
      put('c:area:4', encode('no list')),
      put('c:area:5', encode([5]), 'another'),
      put('c:other:1', encode([6]), 'other'),
      put('d"user', encode([7])),
      { key: 'c:area:6', bytes: Uint8Array.of(0) },
    ]
    await store.write(writeOf(changes, { durable: false }))
    assert.deepEqual(await keptArguments(store, { name: 'area', hasUserKeys: false }), [[1]])
    assert.deepEqual(await keptArguments(store, { name: 'area', hasUserKeys: true }), [[7]])
  })

  it('are those of a thousand entries at most', async () => {
    const store = new MemoryStore()
    const args = encode([1])
    const changes = Array.from({ length: 1_100 }, (_, i) => {
      const key = `c:area:${i}`
      return { key, bytes: encodeEntry(entryOf(1, { args }), key) }
    })
    await store.write(writeOf(changes, { durable: false }))
    assert.equal((await keptArguments(store, { name: 'area', hasUserKeys: false })).length, 1_000)
  })
})

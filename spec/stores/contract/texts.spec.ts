import assert from 'node:assert/strict'
import { contentOf, keysOf, put, remove, textOf } from '../../../lib/stores/contract/texts.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'

describe('What claims do with a store', () => {
  it('is in texts: they are put, removed, listed and read', async () => {
    const store = new MemoryStore()
    await put(store, { b: 'ö', a: 'two', c: '' })
    await remove(store, 'a')
    assert.deepEqual([await textOf(store, 'b'), await textOf(store, 'a')], ['ö', undefined])
    assert.deepEqual(await keysOf(store), ['b', 'c'])
    assert.deepEqual(await contentOf(store), [
      ['b', 'ö'],
      ['c', ''],
    ])
  })
})

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { close, MemoryStore, withCache } from 'cachedict'
import { ownStore } from '../../lib/cache/own-store.ts'
import { BlockJournal } from '../../lib/entries/block-journal.ts'
import { encodeEntry } from '../../lib/entries/entry.ts'
import { boundsOf } from '../../lib/entries/eviction/bounds.ts'
import { entryOf } from '../support/entries.ts'
import { ownCache } from '../support/own-cache.ts'

describe('ownStore', () => {
  const folder = ownCache()

  it('asks for the path when the store is first asked for, and again after it was closed', async () => {
    const asked: string[] = []
    const store = ownStore(() => {
      asked.push('d')
      return 'd'
    })
    assert.deepEqual(asked, [])
    const first = store()
    assert.equal(store(), first)
    assert.equal(asked.length, 1)
    await close()
    assert.notEqual(store(), first)
    assert.equal(asked.length, 2)
  })

  it('gives an open store as it is', () => {
    const mine = new MemoryStore()
    assert.equal(ownStore(() => mine)(), mine)
  })

  it('bounds the store when it is opened, again after it was closed, and is not to be had with other bounds', async () => {
    const bounds = (maxEntries: number) => () => ({ said: { maxEntries }, usual: {} })
    const bounded = ownStore(() => 'd', bounds(5))
    assert.equal(boundsOf(bounded()).maxEntries, 5)
    const other = ownStore(() => 'd', bounds(6))
    for (const _ of [1, 2])
      assert.throws(other, { name: 'TypeError', message: /maxEntries 5 already, and 6/ })
    await close()
    assert.equal(boundsOf(bounded()).maxEntries, 5)
  })

  it('takes over what interrupted blocks left, before anybody reads', async () => {
    await withCache('d', dict => dict.set('a', 1))
    await close()
    const journal = new BlockJournal(folder('d'))
    journal.append({ key: 'd"b', bytes: encodeEntry(entryOf(2), 'd"b') })
    journal.abandon()
    assert.ok(await ownStore(() => 'd')().get('d"b'))
    assert.equal(existsSync(folder(`d.${journal.id}.block`)), false)
  })
})

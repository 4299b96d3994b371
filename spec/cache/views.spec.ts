import assert from 'node:assert/strict'
import { MemoryStore, withCache } from 'cachedict'
import { noteOpen, viewsOf } from '../../lib/cache/views.ts'
import { decodeEntry } from '../../lib/entries/entry.ts'
import type { View } from '../../lib/entries/use.ts'
import { viewOf } from '../support/entries.ts'

const KEY = 'd"x'

/** What a view shows under the key x, byte by byte. */
function shown(view: View): string {
  const frame = view.get(KEY)
  return frame === undefined ? 'nothing' : Buffer.from(decodeEntry(frame, KEY)!.value).toString('hex')
}

describe('viewsOf', () => {
  it('are what is committed, and what each open block shows', async () => {
    const store = new MemoryStore()
    await withCache(store, one => void one.set('x', 1))
    const committed = shown(viewsOf(store)[0]!)
    await withCache(store, async one => {
      await withCache(store, two => {
        one.set('x', 2)
        two.delete('x')
        const [first, ...open] = viewsOf(store).map(shown)
        assert.equal(first, committed)
        assert.equal(new Set([first, ...open]).size, 3)
        assert.ok(open.includes('nothing'))
      })
      assert.equal(viewsOf(store).length, 2)
    })
    assert.equal(viewsOf(store).length, 1)
  })

  it('list the same keys in the same order, committed or not', async () => {
    const store = new MemoryStore()
    await withCache(store, dict => void dict.set('a', 1).set('b', 2).set('c', 3))
    await withCache(store, async dict => {
      dict.delete('a')
      dict.set('b', 4)
      dict.evaluate('d', () => 5)
      await dict.flush()
      const lists = viewsOf(store).map(view => [...view.list()].map(([key]) => key))
      assert.deepEqual(lists[0], ['d"b', 'd"c', 'd"d'])
      assert.deepEqual(lists[1], lists[0])
    })
  })

  it('are none of a store that answers later', () => {
    const store = new MemoryStore()
    Object.defineProperty(store, 'traits', { value: { ...store.traits, sync: false } })
    assert.deepEqual(viewsOf(store), [])
  })

  it('end when their block does', () => {
    const store = new MemoryStore()
    const close = noteOpen(store, viewOf({}))
    assert.equal(viewsOf(store).length, 2)
    close()
    assert.equal(viewsOf(store).length, 1)
  })
})

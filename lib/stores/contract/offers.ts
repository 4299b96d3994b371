import { type Change, writeOf } from '../store.ts'
import { assert } from './assert.ts'
import { type StoreClaim, withStore } from './claim.ts'
import { change, contentOf, put, remove, settled, text, textOf } from './texts.ts'

/** What only some stores offer: stamps, ranks, snapshots. */
export const OFFER_CLAIMS: readonly StoreClaim[] = [
  {
    name: 'has another stamp after every write, where it has one, and the same without',
    run: withStore(async store => {
      await put(store, { b: 'one' })
      const stamp = store.stamp?.bind(store)
      if (stamp === undefined) return
      const stamps = [stamp()]
      for (const value of ['one', 'one', 'two']) {
        await put(store, { a: value })
        stamps.push(stamp())
        await store.get('a')
        assert.equal(stamp(), stamps.at(-1))
      }
      await remove(store, 'a')
      assert.equal(new Set([...stamps, stamp()]).size, 5)
    }),
  },
  {
    name: 'drops what has expired, then the lowest, where it keeps ranks, and nothing without one',
    run: withStore(async store => {
      await put(store, { e: 'e' })
      if (store.ranks === undefined) return
      const ranked = (key: string, rank: number, expiresAtMs?: number): Change => ({
        ...change(key, key),
        rank,
        ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
      })
      const changes = [ranked('a', 1), ranked('b', 2), ranked('c', 3), ranked('d', 4, 50)]
      await store.write(writeOf(changes, { durable: true }))
      store.ranks.touch('a', 9, 1)
      assert.equal(store.ranks.usage().entries, 4)
      const dropped: string[] = []
      const bounds = {
        bytes: Number.POSITIVE_INFINITY,
        nowMs: 100,
        dropping: (key: string) => {
          dropped.push(key)
          return []
        },
      }
      store.ranks.makeRoom({ ...bounds, entries: 2 })
      assert.deepEqual(dropped, ['d', 'b'])
      assert.equal(store.ranks.floor, 2)
      store.ranks.makeRoom({ ...bounds, entries: 0 })
      assert.deepEqual(dropped, ['d', 'b', 'c', 'a'])
      assert.deepEqual(await contentOf(store), [['e', 'e']])
    }),
  },
  {
    name: 'shows in a snapshot what was there when it was taken, whatever is written later',
    run: withStore(async store => {
      if (store.snapshot === undefined) return
      await put(store, { a: 'one', b: 'two' })
      const snapshot = await store.snapshot()
      try {
        await put(store, { a: 'three', c: 'four' })
        await remove(store, 'b')
        await store.write(writeOf([change('d', 'five')], settled))
        assert.equal(text(snapshot.get('a')!), 'one')
        assert.equal(snapshot.get('c'), undefined)
        const listed = [...snapshot.entries()].map(([key, bytes]) => [key, text(bytes)])
        assert.deepEqual(listed.sort(), [
          ['a', 'one'],
          ['b', 'two'],
        ])
        assert.deepEqual(
          [...snapshot.entries('b')].map(([key]) => key),
          ['b'],
        )
      } finally {
        snapshot.close()
        snapshot.close()
      }
      assert.equal(await textOf(store, 'a'), 'three')
    }),
  },
]

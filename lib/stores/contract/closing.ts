import { isCacheError } from '../../base/errors.ts'
import { writeOf } from '../store.ts'
import { assert } from './assert.ts'
import { type StoreClaim, withStore } from './claim.ts'
import { change, contentOf, put, remove, settled } from './texts.ts'

/** Settling, closing, and opening again. */
export const CLOSING_CLAIMS: readonly StoreClaim[] = [
  {
    name: 'keeps what it had through settling',
    run: withStore(async store => {
      await put(store, { a: 'one', b: 'two' })
      await remove(store, 'a')
      await store.write(writeOf([], settled))
      await store.write(writeOf([change('c', 'three')], settled))
      assert.deepEqual(await contentOf(store), [
        ['b', 'two'],
        ['c', 'three'],
      ])
    }),
  },
  {
    name: 'has everything again after it was closed and opened',
    needs: { persistent: true },
    run: withStore(async (store, reopen) => {
      await put(store, { a: 'one', b: 'two' })
      await put(store, { a: 'three' })
      let again = await reopen()
      assert.deepEqual(await contentOf(again), [
        ['a', 'three'],
        ['b', 'two'],
      ])
      await remove(again, 'b')
      again = await reopen()
      assert.deepEqual(await contentOf(again), [['a', 'three']])
    }),
  },
  {
    name: 'may be closed twice, and refuses to be used after that',
    async run(open) {
      const store = await open()
      await put(store, { a: 'one' })
      await store.close()
      await store.close()
      const isClosed = (error: unknown) => isCacheError(error, 'ERR_CACHE_CLOSED')
      await assert.rejects(async () => store.get('a'), isClosed)
      await assert.rejects(async () => store.entries(), isClosed)
      await assert.rejects(
        async () => store.write(writeOf([change('a', 'two')], { durable: false })),
        isClosed,
      )
      if (store.snapshot !== undefined) await assert.rejects(async () => store.snapshot?.(), isClosed)
      if (store.writeSync !== undefined) {
        await assert.rejects(async () => store.writeSync?.(writeOf([], { durable: false })), isClosed)
      }
    },
  },
]

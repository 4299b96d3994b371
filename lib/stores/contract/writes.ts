import { type WriteRequest, writeOf } from '../store.ts'
import { assert } from './assert.ts'
import { type StoreClaim, withStore } from './claim.ts'
import { change, contentOf, keysOf, put, settled, text, textOf } from './texts.ts'

/** A write is done whole or not at all, and no other comes in between. */
export const WRITE_CLAIMS: readonly StoreClaim[] = [
  {
    name: 'shows a plan those of its keys that are there, and all entries',
    run: withStore(async store => {
      await put(store, { a: 'one', b: 'two' })
      let seen: unknown
      await store.write({
        reads: ['b', 'c'],
        durable: false,
        plan: (current, entries) => {
          const listed = [...entries()].map(([key, bytes]) => `${key}=${text(bytes)}`).sort()
          seen = [[...current].map(([key, bytes]) => [key, text(bytes)]), listed]
          return [change('b', `${text(current.get('b')!)}!`)]
        },
      })
      assert.deepEqual(seen, [[['b', 'two']], ['a=one', 'b=two']])
      assert.equal(await textOf(store, 'b'), 'two!')
    }),
  },
  {
    name: 'writes nothing for an empty plan',
    run: withStore(async store => {
      await put(store, { a: 'one' })
      await store.write(writeOf([], { durable: true }))
      await store.write(writeOf([], settled))
      assert.deepEqual(await contentOf(store), [['a', 'one']])
    }),
  },
  {
    name: 'writes nothing for a plan that throws, passes its error on, and goes on',
    run: withStore(async store => {
      await put(store, { a: 'one' })
      const mine = Object.assign(new Error('mine'), { code: 'MINE' })
      const failing: WriteRequest = {
        reads: ['a'],
        durable: false,
        plan: () => {
          throw mine
        },
      }
      await assert.rejects(
        async () => store.write(failing),
        error => error === mine,
      )
      if (store.writeSync !== undefined)
        assert.throws(
          () => store.writeSync?.(failing),
          error => error === mine,
        )
      await put(store, { b: 'two' })
      assert.deepEqual(await contentOf(store), [
        ['a', 'one'],
        ['b', 'two'],
      ])
    }),
  },
  {
    name: 'applies the changes of a batch in their order',
    run: withStore(async store => {
      await put(store, { a: 'one', b: 'two' })
      const batch = [
        change('a', undefined),
        change('c', 'three'),
        change('a', 'four'),
        change('b', undefined),
      ]
      await store.write(writeOf([...batch, change('c', undefined), change('c', 'five')], { durable: false }))
      assert.deepEqual(await contentOf(store), [
        ['a', 'four'],
        ['c', 'five'],
      ])
    }),
  },
  {
    name: 'takes a batch of 200,000 changes',
    run: withStore(async (store, reopen) => {
      await put(store, { first: 'one' })
      const batch = Array.from({ length: 200_000 }, (_, index) => change(`key ${index}`, `${index}`))
      await store.write(writeOf(batch, { durable: false }))
      assert.equal(await textOf(store, 'key 199999'), '199999')
      if (!store.traits.persistent) return
      const again = await reopen()
      assert.equal(await textOf(again, 'key 199999'), '199999')
      assert.equal((await keysOf(again)).length, 200_001)
    }),
  },
  {
    name: 'has written when writeSync returns',
    needs: { sync: true },
    run: withStore(async store => {
      store.writeSync?.(writeOf([change('a', 'one')], { durable: false }))
      assert.equal(text(store.get('a') as Uint8Array), 'one')
      store.writeSync?.(writeOf([change('b', 'two')], { durable: true }))
      store.writeSync?.(writeOf([change('a', undefined)], settled))
      assert.equal(store.get('a'), undefined)
      assert.equal(text(store.get('b') as Uint8Array), 'two')
    }),
  },
  {
    name: 'lets no write come between what a plan sees and what it writes',
    run: withStore(async store => {
      const increment: WriteRequest = {
        reads: ['count'],
        durable: false,
        plan: current => [change('count', `${Number(text(current.get('count') ?? new Uint8Array(0))) + 1}`)],
      }
      await Promise.all(Array.from({ length: 100 }, () => store.write(increment)))
      assert.equal(await textOf(store, 'count'), '100')
    }),
  },
  {
    name: 'keeps what concurrent writers wrote under different keys',
    run: withStore(async store => {
      const numbers = Array.from({ length: 100 }, (_, index) => index)
      const settle = (number: number) => number % 10 === 0
      await Promise.all(
        numbers.map(number =>
          store.write(writeOf([change(`${number}`, `${number}`)], { durable: true, settle: settle(number) })),
        ),
      )
      for (const number of numbers) assert.equal(await textOf(store, `${number}`), `${number}`)
    }),
  },
]

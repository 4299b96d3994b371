import { writeOf } from '../store.ts'
import { assert } from './assert.ts'
import { type StoreClaim, withStore } from './claim.ts'
import { change, keysOf, put, remove, settled, text, textOf } from './texts.ts'

/** What lies under keys, and which keys there are. */
export const CONTENT_CLAIMS: readonly StoreClaim[] = [
  {
    name: 'gives undefined for a key that was never written',
    run: withStore(async store => {
      assert.equal(await store.get('nothing'), undefined)
      assert.deepEqual(await keysOf(store), [])
    }),
  },
  {
    name: 'gives back what was written',
    run: withStore(async store => {
      await put(store, { a: 'one', b: 'two' })
      assert.equal(await textOf(store, 'a'), 'one')
      assert.equal(await textOf(store, 'b'), 'two')
    }),
  },
  {
    name: 'gives the last of several values of one key',
    run: withStore(async store => {
      await put(store, { a: 'one' })
      await put(store, { a: 'two' })
      await store.write(writeOf([change('a', 'three'), change('a', 'four')], { durable: false }))
      assert.equal(await textOf(store, 'a'), 'four')
      assert.deepEqual(await keysOf(store), ['a'])
    }),
  },
  {
    name: 'forgets a deleted key, and keeps the others',
    run: withStore(async store => {
      await put(store, { a: 'one', b: 'two' })
      await remove(store, 'a')
      await remove(store, 'never there')
      assert.equal(await store.get('a'), undefined)
      assert.deepEqual(await keysOf(store), ['b'])
    }),
  },
  {
    name: 'lists keys in the order in which they were first written; one written again after a delete goes last',
    needs: { persistent: true },
    run: withStore(async (store, reopen) => {
      await put(store, { c: '1', a: '2', b: '3' })
      await put(store, { a: '4', d: '5' })
      assert.deepEqual(await keysOf(store), ['c', 'a', 'b', 'd'])
      await remove(store, 'c')
      await put(store, { c: '6' })
      await put(store, { c: '7' })
      assert.deepEqual(await keysOf(store), ['a', 'b', 'd', 'c'])
      await store.write(writeOf([change('x', '1'), change('y', '2'), change('x', '3')], settled))
      assert.deepEqual(await keysOf(store), ['a', 'b', 'd', 'c', 'x', 'y'])
      await store.write(writeOf([change('b', undefined), change('b', '8')], settled))
      assert.deepEqual(await keysOf(await reopen()), ['a', 'd', 'c', 'x', 'y', 'b'])
    }),
  },
  {
    name: 'lists the keys with a prefix, and their bytes',
    run: withStore(async store => {
      await put(store, { 'a/1': 'one', 'b/1': 'two', 'a/2': 'three', a: 'four' })
      const listed = [...(await store.entries('a/'))].map(([key, bytes]) => [key, text(bytes)])
      assert.deepEqual(listed.sort(), [
        ['a/1', 'one'],
        ['a/2', 'three'],
      ])
    }),
  },
  {
    name: 'may be written while it is listed',
    run: withStore(async store => {
      await put(store, { a: '1', b: '2', c: '3' })
      for (const [key] of await store.entries()) {
        await store.write(writeOf([change(key, undefined), change(`new ${key}`, '4')], { durable: false }))
      }
      assert.deepEqual((await keysOf(store)).sort(), ['new a', 'new b', 'new c'])
    }),
  },
]

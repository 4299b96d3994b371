import { type Change, writeOf } from '../store.ts'
import { assert } from './assert.ts'
import { type StoreClaim, withStore } from './claim.ts'
import { change, keysOf, put, settled, textOf } from './texts.ts'

/** Bytes of any kind and length come back as they were. */
export const BYTES_CLAIMS: readonly StoreClaim[] = [
  {
    name: 'keeps empty bytes apart from nothing',
    run: withStore(async (store, reopen) => {
      await put(store, { empty: '' })
      assert.equal((await store.get('empty'))?.byteLength, 0)
      await store.write(writeOf([], settled))
      assert.equal((await store.get('empty'))?.byteLength, 0)
      if (store.traits.persistent) assert.equal((await (await reopen()).get('empty'))?.byteLength, 0)
    }),
  },
  {
    name: 'keeps every value of a byte, at every length up to 64',
    run: withStore(async store => {
      const all = Uint8Array.from({ length: 256 }, (_, index) => index)
      const lengths = Array.from({ length: 65 }, (_, length) => all.subarray(256 - length))
      const changes = lengths.map((bytes, length): Change => ({ key: `${length}`, bytes }))
      for (const settle of [false, true]) {
        await store.write(writeOf([{ key: 'all', bytes: all }, ...changes], { durable: false, settle }))
        assertBytes(await store.get('all'), all)
        for (const [length, bytes] of lengths.entries()) assertBytes(await store.get(`${length}`), bytes)
      }
    }),
  },
  {
    name: 'takes odd and long keys, and never mixes them up',
    run: withStore(async store => {
      const keys = [...ODD_KEYS]
      for (const settle of [false, true]) {
        const changes = keys.map((key, index) => change(key, `${index}`))
        await store.write(writeOf(changes, { durable: false, settle }))
        for (const [index, key] of keys.entries()) assert.equal(await textOf(store, key), `${index}`)
        assert.deepEqual((await keysOf(store)).sort(), [...keys].sort())
      }
      assert.equal(Object.hasOwn(Object.prototype, '0'), false)
    }),
  },
  {
    name: 'takes values of 5 MB',
    run: withStore(async store => {
      const large = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * index) >> 3)
      await store.write(writeOf([{ key: 'large', bytes: large }, change('small', 'one')], { durable: false }))
      await store.write(writeOf([{ key: 'more', bytes: large }], settled))
      assertBytes(await store.get('large'), large)
      assertBytes(await store.get('more'), large)
      assert.equal(await textOf(store, 'small'), 'one')
    }),
  },
  {
    name: 'joins a tail to the bytes before it, small or large, and may leave it out where it lists',
    run: withStore(async (store, reopen) => {
      for (const size of [0, 1, 5_000, 100_000, 1_000_000]) {
        const [head, tail] = [Buffer.from('12345678'), Buffer.alloc(size, 7)]
        await store.write({
          reads: [],
          durable: true,
          tails: [tail],
          plan: () => [{ key: 'a', bytes: head, tail }],
        })
        assertBytes(await store.get('a'), Buffer.concat([head, tail]))
        for (const [, bytes] of await store.entries()) assertBytes(bytes.subarray(0, 8), head)
        await store.write(writeOf([], settled))
        assertBytes(await store.get('a'), Buffer.concat([head, tail]))
      }
      if (store.traits.persistent) assert.equal((await (await reopen()).get('a'))?.byteLength, 1_000_008)
    }),
  },
  {
    name: 'takes a tail from what lay under a key before the write began, also under that key',
    run: withStore(async store => {
      for (const size of [3, 100_000]) {
        const tail = Buffer.alloc(size, 7)
        await store.write(writeOf([{ key: 'a', bytes: Buffer.from('12345678'), tail }], { durable: true }))
        const later: Change[] = [
          { key: 'a', bytes: Buffer.from('abcdefgh'), tail: { key: 'a', from: 8 } },
          { key: 'b', bytes: Buffer.from(''), tail: { key: 'a', from: 4 } },
        ]
        await store.write(writeOf(later, { durable: true }))
        assertBytes(await store.get('a'), Buffer.concat([Buffer.from('abcdefgh'), tail]))
        assertBytes(await store.get('b'), Buffer.concat([Buffer.from('5678'), tail]))
        const moved: Change[] = [
          change('a', undefined),
          { key: 'c', bytes: Buffer.from('12345678'), tail: { key: 'a', from: 8 } },
        ]
        await store.write(writeOf(moved, { durable: true }))
        assertBytes(await store.get('c'), Buffer.concat([Buffer.from('12345678'), tail]))
        assert.equal(await store.get('a'), undefined)
      }
    }),
  },
  {
    name: 'gives bytes that lie where a Float64Array may begin',
    run: withStore(async store => {
      await put(store, { a: '12345678', abc: '12345678' })
      for (const key of ['a', 'abc']) assert.equal((await store.get(key))!.byteOffset % 8, 0)
    }),
  },
  {
    name: 'keeps a copy: what happens to the bytes that it was given changes nothing',
    run: withStore(async store => {
      for (const settle of [false, true]) {
        const mine = Buffer.from('mine')
        await store.write(writeOf([{ key: 'a', bytes: mine }], { durable: false, settle }))
        mine.fill('x')
        assert.equal(await textOf(store, 'a'), 'mine')
      }
    }),
  },
  {
    name: 'gives a copy: what happens to the bytes that it gave changes nothing',
    run: withStore(async store => {
      await put(store, { a: 'kept' })
      ;(await store.get('a'))!.fill(0)
      for (const [, bytes] of await store.entries()) bytes.fill(0)
      await store.write({
        reads: ['a'],
        durable: false,
        plan: (current, entries) => {
          current.get('a')!.fill(0)
          for (const [, bytes] of entries()) bytes.fill(0)
          return []
        },
      })
      assert.equal(await textOf(store, 'a'), 'kept')
    }),
  },
]

const ODD_KEYS = [
  '',
  ' ',
  '0',
  '00',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  '\0\0',
  'a\nb',
  '\u007f\u0001',
  'a/b\\c',
  '../../etc/passwd',
  'ä',
  'a\u0308',
  '\u{1f600}',
  '\ufffd',
  '\ufeffbom',
  'k'.repeat(60_000),
  `${'k'.repeat(59_999)}l`,
  '語'.repeat(20_000),
] as const

function assertBytes(actual: Uint8Array | undefined, expected: Uint8Array): void {
  assert.ok(actual !== undefined, 'nothing is there')
  assert.ok(Buffer.compare(actual, expected) === 0, 'other bytes came back')
}

import type nodeAssert from 'node:assert/strict'
import { isCacheError } from '../base/errors.ts'
import { type Change, type Store, type StoreTraits, type WriteRequest, writeOf } from './store.ts'

// Loaded by the first claim that is run: only who runs the contract pays for it.
let assert: typeof nodeAssert

/** One thing that every store does, as a sentence and its proof. */
export interface StoreClaim {
  readonly name: string
  /** Held only by stores with these traits. */
  readonly needs?: Partial<StoreTraits>
  /**
   * Rejects where the store breaks the claim. `open` gives the store of this claim: empty at first, the same content
   * again at each call. The claim closes what it opens.
   */
  run(open: () => Promise<Store>): Promise<void>
}

/**
 * What it means to be a store, free of any test runner: for people who write one.
 *
 *     for (const claim of STORE_CONTRACT) if (meets(traits, claim)) test(claim.name, () => claim.run(openEmptyStore()))
 */
export const STORE_CONTRACT: readonly StoreClaim[] = [
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

/** Whether a store with `traits` has to hold `claim`. */
export function meets(traits: StoreTraits, claim: StoreClaim): boolean {
  const needs = Object.entries(claim.needs ?? {}) as [keyof StoreTraits, boolean][]
  return needs.every(([trait, needed]) => traits[trait] === needed)
}

const settled = { durable: true, settle: true } as const

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

/** A claim about one open store, which it may close and open again. */
function withStore(body: (store: Store, reopen: () => Promise<Store>) => Promise<void>): StoreClaim['run'] {
  return async open => {
    assert = process.getBuiltinModule('node:assert/strict')
    let store = await open()
    try {
      await body(store, async () => {
        await store.close()
        store = await open()
        return store
      })
    } finally {
      await store.close()
    }
  }
}

function change(key: string, value: string | undefined): Change {
  return { key, bytes: value === undefined ? undefined : Buffer.from(value) }
}

/** One write for each. */
async function put(store: Store, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, value] of Object.entries(values))
    await store.write(writeOf([change(key, value)], { durable: false }))
}

async function remove(store: Store, key: string): Promise<void> {
  await store.write(writeOf([change(key, undefined)], { durable: false }))
}

async function textOf(store: Store, key: string): Promise<string | undefined> {
  const bytes = await store.get(key)
  return bytes === undefined ? undefined : text(bytes)
}

async function keysOf(store: Store): Promise<string[]> {
  return [...(await store.entries())].map(([key]) => key)
}

/** Keys and texts, by key. */
async function contentOf(store: Store): Promise<[string, string][]> {
  const listed = [...(await store.entries())].map(([key, bytes]): [string, string] => [key, text(bytes)])
  return listed.sort(([a], [b]) => (a < b ? -1 : 1))
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

function assertBytes(actual: Uint8Array | undefined, expected: Uint8Array): void {
  assert.ok(actual !== undefined, 'nothing is there')
  assert.ok(Buffer.compare(actual, expected) === 0, 'other bytes came back')
}

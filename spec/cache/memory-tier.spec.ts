import assert from 'node:assert/strict'
import { type Codec, decorate, withCache } from 'cachedict'
import fc from 'fast-check'
import { memoryTier } from '../../lib/cache/memory-tier.ts'
import { encodeEntry } from '../../lib/entries/entry.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { writeOf } from '../../lib/stores/store.ts'
import { runChild } from '../support/child.ts'
import { entryOf } from '../support/entries.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'
import { quickClock } from '../support/quick-clock.ts'

/** Says how often it was asked. */
class AskedStore extends MemoryStore {
  gets = 0
  override get(key: string): Uint8Array | undefined {
    this.gets += 1
    return super.get(key)
  }
}

// The first hundred hits of a process come from the store.
before(() => {
  const warm = decorate(() => 1, { name: 'warm', path: new MemoryStore() })
  for (let n = 0; n < 200; n += 1) warm()
})

const MEGABYTE = 1 << 20

describe('memoryTier', () => {
  ownCache()
  const clock = fakeClock()

  /** A function whose store is asked `gets` times for what follows. */
  function counted(path: MemoryStore, options: object = {}) {
    let runs = 0
    return decorate(
      function counted(n: number) {
        return { n, run: ++runs }
      },
      { path, ...options },
    )
  }

  it('answers a second hit without the store', () => {
    const store = new AskedStore()
    const fn = counted(store)
    fn(1)
    fn(1)
    const before = store.gets
    assert.deepEqual(fn(1), { n: 1, run: 1 })
    assert.equal(store.gets, before)
    counted(store, { memory: false })(1)
    assert.equal(store.gets, before + 1)
  })

  it('is there for stores that answer at once and have a stamp', () => {
    assert.notEqual(memoryTier(new MemoryStore()), undefined)
    assert.equal(memoryTier(new MemoryStore(new Map())), undefined)
    const later = new MemoryStore()
    Object.defineProperty(later, 'traits', { value: { ...later.traits, sync: false } })
    assert.equal(memoryTier(later), undefined)
  })

  it('sees at once what this process writes: another function, refresh, forget, clear', async () => {
    const fn = counted(new MemoryStore())
    const again = fn.with({ access: 'ew' })
    for (const n of [1, 2, 1, 2]) fn(n)
    assert.equal(again(1).run, 3)
    assert.equal(fn(1).run, 3)
    await fn.refresh(1)
    assert.equal(fn(1).run, 4)
    await fn.forget(1)
    assert.equal(fn(1).run, 5)
    assert.equal(fn(2).run, 2)
    await fn.clear()
    assert.deepEqual([fn(1).run, fn(2).run], [6, 7])
  })

  for (const path of ['x.cache', 'memory:x']) {
    it(`sees at once what a dictionary on the same path commits: ${path}`, async () => {
      const fn = decorate((n: number) => n, { path, innerKey: 'n' })
      fn(1)
      assert.deepEqual([fn(1), fn(1)], [1, 1])
      await withCache(path, dict => void dict.set(1, 'from a block'))
      assert.equal(fn(1), 'from a block')
      await withCache(path, dict => void dict.delete(1))
      assert.equal(fn(1), 1)
    })
  }

  it('compares what it has, where something else was written, instead of decoding it again', () => {
    const store = new AskedStore()
    const decoded: unknown[] = []
    const codec: Codec = {
      id: 'noting',
      encode: value => Buffer.from(JSON.stringify(value)),
      decode: bytes => decoded.push(bytes),
    }
    const fn = decorate((n: number) => n, { name: 'fn', path: store, share: 'frozen', codec })
    fn(1)
    fn(1)
    fn(2)
    const before = store.gets
    fn(1)
    assert.equal(store.gets, before + 1)
    fn(1)
    assert.equal(store.gets, before + 1)
  })

  it('judges at each hit: what has expired meanwhile is a miss', () => {
    const fn = counted(new MemoryStore(), { ttl: '1m' })
    for (let n = 0; n < 3; n += 1) assert.equal(fn(1).run, 1)
    clock.advance(60_000)
    assert.equal(fn(1).run, 2)
    assert.equal(fn.with({ ttl: 0 })(1).run, 3)
  })

  it('looks at each hit whether what the result was made of is still so', async () => {
    const store = new MemoryStore()
    const other = new MemoryStore()
    let runs = 0
    await withCache<string, string>(other, async dict => {
      dict.set('data', 'a')
      await dict.flush()
      const fn = decorate(
        function reading() {
          runs += 1
          return dict.get('data')
        },
        { path: store, code: 'own' },
      )
      for (let n = 0; n < 3; n += 1) assert.equal(fn(), 'a')
      assert.equal(runs, 1)
      dict.set('data', 'b')
      assert.equal(fn(), 'b')
    })
  })

  it('serves nothing that was damaged', () => {
    const store = new MemoryStore()
    const fn = counted(store)
    fn(1)
    fn(1)
    const [[key, bytes]] = [...store.entries('c')] as [readonly [string, Uint8Array]]
    bytes[bytes.length - 1]! ^= 1
    store.writeSync(writeOf([{ key, bytes }], { durable: false }))
    assert.equal(fn(1).run, 2)
  })

  it('gives what a hit from the store gives: fresh, and a promise where it came as one', async () => {
    const store = new AskedStore()
    const copying: Codec = { id: 'bytes', encode: value => value as Uint8Array, decode: bytes => bytes }
    const spoil = (value: { list: number[] } | Float64Array | Uint8Array) => {
      if (ArrayBuffer.isView(value)) value.fill(7)
      else value.list.push(2)
    }
    const samples = {
      object: decorate(() => ({ list: [1] }), { name: 'object', path: store }),
      large: decorate(() => new Float64Array(10_000), { name: 'large', path: store }),
      buffer: decorate(() => Buffer.from('abc'), { name: 'buffer', path: store }),
      custom: decorate(() => new Uint8Array(9), { name: 'custom', path: store, codec: copying }),
    }
    for (const [name, fn] of Object.entries(samples)) {
      const miss = fn()
      // From the store, and remembered.
      spoil(fn())
      const hit = fn()
      const before = store.gets
      const again = fn()
      assert.equal(store.gets, before, name)
      assert.notEqual(hit, again)
      assert.deepEqual(again, miss)
      spoil(again)
      assert.deepEqual(fn(), miss, name)
    }
    const promised = decorate(() => Promise.resolve(1), { name: 'promised', path: store })
    for (let n = 0; n < 3; n += 1) {
      const promise = promised()
      assert.ok(promise instanceof Promise)
      assert.equal(await promise, 1)
    }
  })

  it("shares one frozen value with share: 'frozen'", async () => {
    const fn = counted(new MemoryStore(), { share: 'frozen' })
    const first = fn(1)
    assert.ok(Object.isFrozen(first))
    for (let n = 0; n < 3; n += 1) assert.equal(fn(1), first)
    await fn.refresh(2)
    assert.equal(fn(1), first)
    assert.equal(Object.isFrozen(fn.with({ share: 'copy' })(1)), false)
  })

  it('does not take an earlier version, which serves other code, for the last written one', () => {
    const path = new MemoryStore()
    const one = decorate(() => 'one', { name: 'fn', path })
    const two = decorate(() => 'two', { name: 'fn', path })
    for (let n = 0; n < 3; n += 1) assert.deepEqual([one(), two()], ['one', 'two'])
    assert.equal(one.with({ code: 'off' })(), 'two')
  })

  it('tells stores, functions and arguments apart', () => {
    const stores = [new MemoryStore(), new MemoryStore()]
    const all = stores.flatMap(path =>
      ['a', 'b'].map(name => ({
        path,
        name,
        fn: decorate((x: unknown) => [path === stores[0], name, x], { path, name }),
      })),
    )
    for (let n = 0; n < 3; n += 1)
      for (const { path, name, fn } of all)
        for (const x of [1, '1', [1], undefined]) assert.deepEqual(fn(x), [path === stores[0], name, x])
  })

  it('remembers 64 MB at most, and nothing of 8 MB', () => {
    const store = new AskedStore()
    const size = decorate((_: number, bytes: number) => new Uint8Array(bytes), { name: 'size', path: store })
    const isRemembered = (n: number, bytes: number) => {
      const before = store.gets
      size(n, bytes)
      return store.gets === before
    }
    const many = Array.from({ length: 80 }, (_, n) => n)
    for (let call = 0; call < 2; call += 1) for (const n of many) size(n, MEGABYTE)
    const remembered = many.reverse().filter(n => isRemembered(n, MEGABYTE))
    assert.ok(remembered.length <= 64 && remembered.length > 55, `${remembered.length}`)
    for (let call = 0; call < 3; call += 1) assert.equal(isRemembered(0, 8 * MEGABYTE), false)
  })

  it('gives what the store gives, whatever this process does in between', async () => {
    const step = fc.record({
      act: fc.constantFrom('call', 'other code', 'off', 'refresh', 'forget', 'clear', 'write', 'wait', 'any'),
      n: fc.integer({ min: 0, max: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
        const play = async (memory: boolean) => {
          const path = new MemoryStore()
          let runs = 0
          const options = { name: 'fn', path, memory, ttl: 1_000 } as const
          const fn = decorate((n: number) => [n, ++runs], options)
          const other = decorate((n: number) => [n, ++runs, 'other'], options)
          const seen: unknown[] = []
          for (const { act, n } of steps) {
            if (act === 'call') seen.push(fn(n))
            if (act === 'other code') seen.push(other(n))
            if (act === 'off') seen.push(fn.with({ code: 'off' })(n))
            if (act === 'refresh') seen.push(await fn.refresh(n))
            if (act === 'forget') seen.push(await other.forget(n))
            if (act === 'clear') seen.push(await fn.clear())
            if (act === 'wait') clock.advance(400)
            if (act === 'any') seen.push(await fn.peek(n), (await fn.why(n)).because)
            if (act !== 'write') continue
            const keys = [...path.entries('c')].map(([key]) => key)
            const key = keys[n % keys.length]
            const entry = entryOf([n, 'written'], { name: 'fn', codeVersion: '', createdAtMs: clock.now() })
            if (key !== undefined)
              path.writeSync(writeOf([{ key, bytes: encodeEntry(entry, key) }], { durable: false }))
          }
          return seen
        }
        assert.deepEqual(await play(true), await play(false))
      }),
      { numRuns: 300 },
    )
  })
})

describe('memoryTier, beside other processes', () => {
  const at = ownCache()
  const quick = quickClock()

  it('sees after 20 ms what another process wrote', async () => {
    const fn = decorate((n: number) => n, { path: at('x.cache'), innerKey: 'n' })
    fn(1)
    fn(2)
    const other = runChild(`
      import { withCache } from 'lib/index.ts'
      await withCache(${JSON.stringify(at('x.cache'))}, dict => void dict.set(1, 'from another process'))
    `)
    assert.deepEqual([fn(1), fn(2)], [1, 2])
    await other.end()
    quick.advance(20)
    assert.deepEqual([fn(1), fn(2)], ['from another process', 2])
  })
})

/*
 * The test cases of deche (research/seed-semantics.md, D1–D32), in JavaScript. Left out:
 * D1, D2, D29: other file systems and credentials from the environment (later: servers); D29's custom serializer is here.
 * D5, D6: golden keys: spec/keys/golden.ts holds those of this library.
 * D11: iterating lazily is what `entries()` does, covered by D10.
 *
 * Otherwise than there: arguments are positional; errors are kept only on request, and expire; values of a history are
 * listed; ignoring an argument is an option, not a type error.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { config, createCache, decorate, type EntryInfo, NoCache } from 'cachedict'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'
import { withEnvironment } from '../support/with-environment.ts'

async function listed(entries: AsyncIterable<EntryInfo>): Promise<EntryInfo[]> {
  const all: EntryInfo[] = []
  for await (const entry of entries) all.push(entry)
  return all
}

describe('deche', () => {
  const folder = ownCache()
  const clock = fakeClock()

  function add() {
    let runs = 0
    const fn = decorate(function add(a: number, b: number, { x = 0 }: { x?: number } = {}) {
      runs += 1
      return a + b + x
    })
    return { fn, runs: () => runs }
  }

  it('D3: a function knows where its entries lie, also before the folder is set', async () => {
    const { fn } = add()
    config.setCacheDir(folder('set later'))
    assert.ok((await fn.why(1, 2)).details.place.startsWith(folder('set later')))
  })

  it('D4: a folder is the same with a slash at its end and without', () => {
    config.setCacheDir(`${folder('test')}/`)
    assert.equal(config.getCacheDir(), folder('test'))
  })

  it('D7: the arguments are kept with the value', async () => {
    const { fn } = add()
    assert.equal(fn(1, 2, { x: 5 }), 8)
    const [entry] = await listed(fn.entries())
    assert.equal(entry?.key, await fn.keyOf(1, 2, { x: 5 }))
    assert.deepEqual([await entry?.args(), await entry?.value()], [[1, 2, { x: 5 }], 8])
  })

  it('D8: keys are equal for equal arguments', async () => {
    assert.equal(await add().fn.keyOf(1, 2, { x: 5 }), await add().fn.keyOf(...([1, 2, { x: 5 }] as const)))
  })

  it('D9: the order in which named arguments are written does not matter', async () => {
    const fn = decorate(function fn({ a, b, zzz }: { a: number; b: number; zzz: number }) {
      return a + b + zzz
    })
    fn({ a: 3, b: 4, zzz: 10 })
    assert.deepEqual(
      [await fn.has({ a: 3, b: 4, zzz: 10 }), await fn.has({ zzz: 10, b: 4, a: 3 })],
      [true, true],
    )
  })

  it('D10, D11: entries are listed, with values and errors told apart', async () => {
    const fn = decorate(
      function fn(n: number) {
        if (n < 0) throw new Error('no')
        return n
      },
      { errors: true },
    )
    fn(1)
    assert.throws(() => fn(-1))
    const entries = await listed(fn.entries())
    assert.deepEqual(
      entries.map(({ key, status }) => [key, status]).sort(),
      [
        [await fn.keyOf(1), 'value'],
        [await fn.keyOf(-1), 'error'],
      ].sort(),
    )
  })

  it('D12: a value is found by its arguments and by its key', async () => {
    const { fn } = add()
    fn(1, 2)
    const key = await fn.keyOf(1, 2)
    const found = (await listed(fn.entries())).find(entry => entry.key === key)
    assert.equal(await found?.value(), await fn.peek(1, 2))
  })

  it('D13: a kept error comes back in its class', async () => {
    const fn = decorate(
      function fn(): void {
        throw new RangeError('no')
      },
      { errors: true },
    )
    assert.throws(fn)
    const [entry] = await listed(fn.entries())
    assert.ok((await entry?.value()) instanceof RangeError)
    assert.ok((await (await fn.history())[0]?.value()) instanceof RangeError)
  })

  it('D14: kept errors are listed and removed', async () => {
    const fn = decorate(
      function fn(n: number): void {
        throw new Error(`no ${n}`)
      },
      { errors: true },
    )
    for (const n of [1, 2]) assert.throws(() => fn(n))
    const errors = (await listed(fn.entries())).filter(({ status }) => status === 'error')
    assert.equal(errors.length, 2)
    for (const error of errors) await error.remove()
    assert.deepEqual(await listed(fn.entries()), [])
  })

  it('D15: asking whether a value is kept does not compute it', async () => {
    const { fn, runs } = add()
    assert.equal(await fn.has(1, 2), false)
    fn(1, 2)
    assert.deepEqual([await fn.has(1, 2), runs()], [true, 1])
  })

  it('D16: a value is valid up to its ttl, and not after', async () => {
    const fn = decorate(
      function fn() {
        return 1
      },
      { ttl: '100ms' },
    )
    fn()
    clock.advance(99)
    assert.equal(await fn.has(), true)
    clock.advance(1)
    assert.equal(await fn.has(), false)
  })

  it('D17: with append, expired values stay, and arguments can be read', async () => {
    let runs = 0
    const fn = decorate(
      function fn(n: number) {
        return n + ++runs
      },
      { ttl: 100, history: 'append' },
    )
    for (let run = 0; run < 3; run += 1) {
      fn(10)
      clock.advance(110)
    }
    const history = await fn.history(10)
    assert.deepEqual(await Promise.all(history.map(entry => entry.value())), [11, 12, 13])
    assert.deepEqual(await history[0]?.args(), [10])
    assert.equal(new Set((await listed(fn.entries())).map(({ key }) => key)).size, 1)
  })

  it('D18: with append, a value that has not expired is not appended', async () => {
    const fn = decorate(
      function fn() {
        return 1
      },
      { ttl: '1s', history: 'append' },
    )
    fn()
    fn()
    assert.equal((await fn.history()).length, 1)
  })

  it('D19, D30: entries lie where they are told to', () => {
    decorate(
      function fn() {
        return 1
      },
      { path: 'a/custom/path' },
    )()
    assert.ok(existsSync(folder('a/custom')))
  })

  it('D20: a kept error is thrown again, and nothing is written the second time', async () => {
    let runs = 0
    const fn = decorate(
      function fn(): void {
        runs += 1
        throw new Error('no')
      },
      { errors: true },
    )
    assert.throws(fn, /no/)
    const before = (await listed(fn.entries()))[0]?.createdAtMs
    clock.advance(5)
    assert.throws(fn, /no/)
    assert.deepEqual([runs, (await listed(fn.entries()))[0]?.createdAtMs], [1, before])
  })

  it('D21: what a validator rejects is not valid, and the call returns all the same', async () => {
    const fn = decorate(
      function fn() {
        return 1
      },
      { validIf: () => false },
    )
    assert.deepEqual([fn(), fn()], [1, 1])
    assert.equal(await fn.has(), false)
  })

  it('D22: replacing an option leaves the original as it was', async () => {
    const cache = createCache({ ttl: '10s' })
    const longer = cache.with({ ttl: '20s' })
    const [ten, twenty] = [cache, longer].map(each =>
      each.decorate(() => 1, { name: `fn ${each === cache}` }),
    )
    ten!()
    twenty!()
    const expiries = [(await ten!.history())[0], (await twenty!.history())[0]].map(
      entry => entry!.expiresAtMs! - clock.now(),
    )
    assert.deepEqual(expiries, [10_000, 20_000])
  })

  it('D23: rest parameters are arguments like any other', async () => {
    const fn = decorate(function fn(...all: number[]) {
      return all.length
    })
    assert.deepEqual([fn(), fn(1), fn(1, 2)], [0, 1, 2])
    assert.notEqual(await fn.keyOf(1), await fn.keyOf(1, undefined as unknown as number))
  })

  it('D24: an ignored argument does not belong to the key', async () => {
    const fn = decorate(
      function fn(a: number, b: number) {
        return a + b
      },
      { ignore: ['b'] },
    )
    assert.equal(await fn.keyOf(1, 1), await fn.keyOf(1, 5))
  })

  it('D25: a function that failed has no value kept', async () => {
    for (const errors of [true, false]) {
      const fn = decorate(
        function fn(): void {
          throw new Error('no')
        },
        { errors, name: `fn ${errors}` },
      )
      assert.throws(fn)
      assert.equal(await fn.peek(), NoCache)
    }
  })

  it('D26: async functions are cached', async () => {
    const fn = decorate(async function fn(n: number) {
      return n
    })
    assert.deepEqual([await fn(1), await fn(1)], [1, 1])
    assert.equal((await listed(fn.entries())).length, 1)
  })

  class C {
    a: number
    b: number
    constructor(a: number, b: number) {
      this.a = a
      this.b = b
    }
    @decorate({ fields: ['a'] })
    fieldA() {
      return this.a
    }
  }
  const { fieldA } = C.prototype as unknown as { fieldA: ReturnType<typeof decorate<() => number>> }

  it('D27: a method with chosen fields has one entry after one call', async () => {
    assert.deepEqual(await listed(fieldA.entries()), [])
    new C(1, 2).fieldA()
    assert.equal((await listed(fieldA.entries())).length, 1)
  })

  it('D28: objects that differ in other fields share it', async () => {
    new C(1, 2).fieldA()
    assert.deepEqual(
      [
        await fieldA.has.call(new C(1, 2)),
        await fieldA.has.call(new C(1, 3)),
        await fieldA.has.call(new C(2, 2)),
      ],
      [true, true, false],
    )
  })

  it('D29: a serializer of the user’s own makes the bytes', async () => {
    const codec = {
      id: 'csv',
      encode: (rows: unknown) => Buffer.from((rows as number[][]).map(row => row.join()).join('\n')),
      decode: (bytes: Uint8Array) =>
        Buffer.from(bytes)
          .toString()
          .split('\n')
          .map(row => row.split(',').map(Number)),
    }
    const frame = decorate(
      function frame() {
        return Array.from({ length: 10 }, (_, i) => [i, i * i])
      },
      { codec },
    )
    assert.deepEqual(frame(), frame())
    assert.equal(frame().length, 10)
    assert.equal(await frame.has(), true)
    assert.equal((await listed(frame.entries()))[0]?.sizeBytes, codec.encode(frame()).length)
  })

  it('D31: only results that pass a check are kept', async () => {
    const fn = decorate(
      function fn(x: number) {
        return x
      },
      { keepIf: x => x > 5 },
    )
    assert.deepEqual([fn(6), fn(1)], [6, 1])
    assert.deepEqual([await fn.has(6), await fn.has(1)], [true, false])
  })

  it('D32: a default that is left out and one that is not given are one call', async () => {
    const fn = decorate(function fn(a: number, b?: number) {
      return a + (b ?? 1)
    })
    assert.equal(await fn.keyOf(1), await fn.keyOf(1, undefined))
  })

  it('D32: an ignored argument gives the value of the first call, as asked for', () => {
    const fn = decorate(
      function fn(a: number, b: number) {
        return a + b
      },
      { ignore: ['a'] },
    )
    assert.deepEqual([fn(1, 2), fn(2, 2), fn(1, 5)], [3, 3, 6])
  })

  it('D32: a method with chosen fields gives the value of the first object with those fields', () => {
    class MyClass {
      a: number
      b: number
      constructor(a: number, b: number) {
        this.a = a
        this.b = b
      }
      @decorate({ fields: ['a'] })
      sum() {
        return this.a + this.b
      }
    }
    assert.deepEqual([new MyClass(1, 2).sum(), new MyClass(1, 5).sum(), new MyClass(2, 5).sum()], [3, 3, 7])
  })

  it('D2: without a folder that was set, CACHEDICT_DIR says where', () => {
    // This process has one that was set: it goes first.
    withEnvironment({ CACHEDICT_DIR: folder('other') }, () => assert.equal(config.getCacheDir(), folder()))
  })
})

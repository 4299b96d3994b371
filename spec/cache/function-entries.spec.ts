import assert from 'node:assert/strict'
import { type CachedFunction, decorate, type EntryInfo, withCache } from 'cachedict'
import { edit } from '../support/code-variants.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'

async function listed(entries: AsyncIterable<EntryInfo>): Promise<EntryInfo[]> {
  const all: EntryInfo[] = []
  for await (const entry of entries) all.push(entry)
  return all
}

async function valuesOf(infos: readonly EntryInfo[]): Promise<unknown[]> {
  return Promise.all(infos.map(info => info.value()))
}

describe('the entries of a function', () => {
  ownCache()
  const clock = fakeClock()

  it('are listed with all that is known of them', async () => {
    const fn = decorate(
      function area(a: number, b: number) {
        return a * b
      },
      { ttl: '1h' },
    )
    fn(3, 4)
    const [entry, ...others] = await listed(fn.entries())
    assert.equal(others.length, 0)
    assert.equal(entry?.key, await fn.keyOf(3, 4))
    assert.deepEqual(
      [entry?.name, entry?.status, entry?.current, entry?.createdAtMs, entry?.lastUsedMs, entry?.expiresAtMs],
      ['area', 'value', true, clock.now(), clock.now(), clock.now() + 3_600_000],
    )
    assert.ok(entry!.costMs >= 0 && entry!.sizeBytes > 0 && entry!.codeVersion !== '')
    assert.deepEqual([await entry?.args(), await entry?.value()], [[3, 4], 12])
    assert.equal(await entry?.remove(), true)
    assert.equal(await entry?.remove(), false)
    assert.equal(await fn.has(3, 4), false)
  })

  it('are only its own', async () => {
    const one = decorate(function one(n: number) {
      return n
    })
    const oneMore = decorate(function oneMore(n: number) {
      return n
    })
    one(1)
    oneMore(2)
    assert.deepEqual(await valuesOf(await listed(one.entries())), [1])
    assert.equal(await one.clear(), 1)
    assert.deepEqual([await one.has(1), await oneMore.has(2)], [false, true])
    assert.equal(await one.clear(), 0)
  })

  it('are errors, expired ones and those of older code too', async () => {
    const failing = (n: number): number => {
      if (n < 0) throw new RangeError('negative')
      return n
    }
    const fn = decorate(failing, { name: 'work', errors: true })
    assert.throws(() => fn(-1))
    fn.with({ ttl: 1 })(1)
    decorate(edit('work', 'old') as unknown as (n: number) => number)(2)
    clock.advance(1)
    fn(2)
    const entries = await listed(fn.entries())
    const shown = await Promise.all(
      entries.map(async entry => [entry.status, entry.current, String(await entry.value())]),
    )
    assert.deepEqual(shown.sort(), [
      ['error', true, 'RangeError: negative'],
      ['value', false, '1'],
      ['value', false, '[object Object]'],
      ['value', true, '2'],
    ])
    assert.equal((await fn.stats()).entries, 4)
    assert.equal(await fn.clear(), 4)
    assert.deepEqual(await listed(fn.entries()), [])
  })

  it('are found under keys of its own too, and what a block set is nobody’s', async () => {
    const fn = decorate(
      function squared(n: number) {
        return n * n
      },
      { innerKey: 'n', path: 'd' },
    )
    await withCache('d', dict => dict.set(5, 'set').set('other', 1))
    fn(2)
    fn(5)
    assert.deepEqual(await valuesOf(await listed(fn.entries())), [4])
    assert.equal(await fn.clear(), 1)
    assert.deepEqual(await withCache('d', 'r', dict => [...dict]), [
      [5, 'set'],
      ['other', 1],
    ])
  })

  it('are forgotten so that the call misses, whoever put them there', async () => {
    const fn = decorate(
      function squared(n: number) {
        return n * n
      },
      { innerKey: 'n', path: 'd' },
    )
    await withCache('d', dict => dict.set(5, 'set'))
    assert.equal(await fn.has(5), true)
    assert.equal(await fn.forget(5), true)
    assert.equal(await fn.has(5), false)
    assert.equal(fn(5), 25)
  })

  it('are forgotten in every code version', async () => {
    const [a, b] = [decorate(edit('work', 'a')), decorate(edit('work', 'b'))]
    a(1)
    b(1)
    assert.equal(await b.forget(1), true)
    assert.deepEqual([await a.has(1), await b.has(1)], [false, false])
  })

  it('go one by one, and leave the other versions', async () => {
    const [a, b] = [decorate(edit('work', 'a')), decorate(edit('work', 'b'))]
    a(1)
    b(1)
    for (const entry of await listed(b.entries())) if (entry.current) await entry.remove()
    assert.deepEqual([await a.has(1), await b.has(1)], [true, false])
  })

  it('keep arguments that are small, and none that are large or cannot be kept', async () => {
    const fn = decorate(function fn(_: unknown) {
      return 1
    })
    const callback = () => {}
    for (const argument of ['x', 'x'.repeat(20_000), new Uint8Array(20_000), callback]) fn(argument)
    const args = await Promise.all((await listed(fn.entries())).map(entry => entry.args()))
    assert.deepEqual(args, [['x'], undefined, undefined, undefined])
  })

  describe('history', () => {
    function versioned(history?: 'append' | 'replace') {
      let runs = 0
      return decorate(
        function versioned(n: number) {
          return n * 100 + ++runs
        },
        {
          ttl: '1m',
          ...(history === undefined ? {} : { history }),
        },
      )
    }

    async function threeTimes(fn: CachedFunction<(n: number) => number>): Promise<unknown[]> {
      for (let time = 0; time < 3; time += 1) {
        fn(1)
        clock.advance(60_000)
      }
      return valuesOf(await fn.history(1))
    }

    it('is the last value alone by default', async () => {
      assert.deepEqual(await threeTimes(versioned()), [103])
    })

    it("is every value, oldest first, with 'append'", async () => {
      const fn = versioned('append')
      assert.deepEqual(await threeTimes(fn), [101, 102, 103])
      assert.deepEqual(
        (await fn.history(1)).map(({ current }) => current),
        [false, false, false],
      )
      assert.deepEqual(
        (await fn.history(1)).map(({ createdAtMs }) => clock.now() - createdAtMs),
        [180_000, 120_000, 60_000],
      )
      assert.deepEqual(await fn.history(2), [])
      assert.equal(await fn.forget(1), true)
      assert.deepEqual(await fn.history(1), [])
    })

    it('is cleared with the rest', async () => {
      const fn = versioned('append')
      await threeTimes(fn)
      assert.equal(await fn.clear(), 3)
    })
  })
})

import assert from 'node:assert/strict'
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { type CacheDict, decorate, MemoryStore, withCache } from 'cachedict'
import { ACCESS_ORDERS } from '../support/access-orders.ts'
import { blockedFolder } from '../support/blocked-folder.ts'
import { FailingStore } from '../support/failing-store.ts'
import { ownCache } from '../support/own-cache.ts'
import { seenWarnings } from '../support/warnings.ts'

const content = () => withCache('d', 'r', dict => Object.fromEntries(dict))

describe('withCache, by access', () => {
  ownCache()
  beforeEach(() => withCache('d', dict => dict.set('old', 1).set('other', 1)))

  for (const [canonical, orders] of Object.entries(ACCESS_ORDERS)) {
    for (const access of orders) {
      const reads = canonical.includes('r')
      const evaluates = canonical.includes('e')
      const writes = canonical.includes('w')

      it(`${access}: shows ${reads ? 'what is kept' : 'nothing at first'}`, () =>
        withCache('d', access, dict => {
          assert.deepEqual(
            [...dict],
            reads
              ? [
                  ['old', 1],
                  ['other', 1],
                ]
              : [],
          )
          assert.equal(dict.size, reads ? 2 : 0)
          assert.equal(dict.has('old'), reads)
          assert.equal(dict.get('old'), reads ? 1 : undefined)
        }))

      it(`${access}: ${writes ? 'commits its changes and leaves the other keys' : 'keeps its changes to itself'}`, async () => {
        await withCache('d', access, dict => {
          dict.set('old', 2).set('new', 2)
          assert.deepEqual([dict.get('old'), dict.get('new'), dict.size], [2, 2, reads ? 3 : 2])
        })
        assert.deepEqual(await content(), writes ? { old: 2, other: 1, new: 2 } : { old: 1, other: 1 })
      })

      it(`${access}: ${evaluates ? 'evaluates what is missing' : 'throws where it would have to evaluate'}`, async () => {
        let runs = 0
        const compute = () => ++runs
        await withCache('d', access, dict => {
          if (!evaluates) {
            assert.throws(() => dict.evaluate('new', compute), {
              code: 'ERR_CACHE_MISS',
              message: /'new'.*Add "e"/,
            })
            assert.equal(runs, 0)
            return
          }
          assert.equal(dict.evaluate('new', compute), 1)
          assert.equal(dict.get('new'), 1)
          assert.equal(dict.evaluate('new', compute), reads ? 1 : 2)
          assert.equal(dict.get('new'), reads ? 1 : 2)
        })
        assert.deepEqual(await content(), {
          old: 1,
          other: 1,
          ...(evaluates && writes ? { new: reads ? 1 : 2 } : {}),
        })
      })
    }
  }

  it('re: recalls what is set, and evaluates nothing', () =>
    withCache('d', 're', dict =>
      assert.equal(
        dict.evaluate('old', () => assert.fail()),
        1,
      ),
    ))
})

describe('withCache', () => {
  const folder = ownCache()
  const warnings = seenWarnings()

  it('resolves to what the body gives, sync or async', async () => {
    assert.equal(await withCache('d', () => 1), 1)
    assert.equal(await withCache('d', async () => 'two'), 'two')
  })

  it('lets the last writer of a key win, and loses no key that another block wrote', async () => {
    await withCache('d', dict => dict.set('a', 0).set('b', 0))
    await withCache('d', async outer => {
      outer.set('a', 'outer').set('mine', 1)
      await withCache('d', inner => inner.set('a', 'inner').set('b', 'inner').delete('c'))
      assert.equal(outer.get('b'), 0)
    })
    assert.deepEqual(await content(), { a: 'outer', b: 'inner', mine: 1 })
  })

  it('shows what was there when it was opened, and evaluate always the latest', async () => {
    const compute = () => 'computed'
    await withCache('d', async outer => {
      assert.equal(outer.has('x'), false)
      await withCache('d', inner => inner.evaluate('x', compute))
      assert.equal(outer.has('x'), false)
      assert.equal(outer.evaluate('x', compute), 'computed')
      assert.equal(outer.get('x'), 'computed')
    })
  })

  it('keeps what was done before an error, and passes the error on', async () => {
    const mine = new Error('mine')
    await assert.rejects(
      withCache('d', async dict => {
        dict.set('a', 1)
        await null
        throw mine
      }),
      error => error === mine,
    )
    assert.deepEqual(await content(), { a: 1 })
  })

  it("drops it with onError 'discard', but never a fact", async () => {
    const body = async (dict: CacheDict) => {
      dict.set('a', 1)
      await dict.evaluate('fact', async () => 2)
      throw new Error('mine')
    }
    await assert.rejects(withCache('d', 'rew', body, { onError: 'discard' }), /mine/)
    assert.deepEqual(await content(), { fact: 2 })
    await withCache('d', 'rew', dict => dict.set('b', 1), { onError: 'discard' })
    assert.deepEqual(await content(), { fact: 2, b: 1 })
  })

  it('keeps what was flushed before an error, with discard too', async () => {
    const body = async (dict: CacheDict) => {
      dict.set('flushed', 1)
      await dict.flush()
      dict.set('not', 1)
      throw new Error('mine')
    }
    await assert.rejects(withCache('d', 'rew', body, { onError: 'discard' }), /mine/)
    assert.deepEqual(await content(), { flushed: 1 })
  })

  it('leaves no journal and no lock behind', async () => {
    await withCache('d', 'rew', dict => dict.set('a', 1), { exclusive: true })
    await assert.rejects(
      withCache('d', dict => {
        dict.set('b', 1)
        throw new Error('mine')
      }),
    )
    assert.deepEqual(readdirSync(folder()).sort(), ['d'])
  })

  it('creates nothing where nothing was done', async () => {
    await withCache('d', dict => dict.get('a'))
    await withCache('d', 'r', dict => dict.set('a', 1))
    assert.deepEqual(readdirSync(folder()), [])
  })

  it('rejects with ERR_CACHE_WRITE if the commit failed: the old content is whole, the next block takes over', async () => {
    await withCache('sub/d', dict => dict.set('a', 'old'))
    const blocked = blockedFolder(folder('sub'))
    await assert.rejects(
      withCache('sub/d', dict => {
        dict.set('a', 'new').set('b', 1)
        blocked.block()
      }),
      { code: 'ERR_CACHE_WRITE' },
    )
    blocked.open()
    assert.deepEqual(await withCache('sub/d', 'r', dict => [...dict]), [
      ['a', 'new'],
      ['b', 1],
    ])
    assert.deepEqual(warnings(), [])
  })

  it("shows the body's error rather than that of the commit, which is a warning", async () => {
    const mine = new Error('mine')
    const blocked = blockedFolder(folder('sub'))
    await assert.rejects(
      withCache('sub/d', dict => {
        dict.set('a', 1)
        blocked.block()
        throw mine
      }),
      error => error === mine,
    )
    blocked.open()
    assert.deepEqual(
      warnings().map(({ code }) => code),
      ['ERR_CACHE_WRITE'],
    )
    assert.deepEqual(await withCache('sub/d', 'r', dict => [...dict]), [['a', 1]])
  })

  it('leaves a memory store as it was where the commit fails', async () => {
    const map = new Map<string, Uint8Array>()
    await withCache(map, dict => dict.set('a', 1))
    const full = () => Object.assign(new Error('no room'), { code: 'ENOSPC' })
    const inner = new MemoryStore(map)
    const store = new FailingStore(inner, { failAt: 2, how: 'for good', error: full })
    await assert.rejects(
      withCache(store, dict => dict.set('a', 2)),
      /no room/,
    )
    assert.equal(await withCache(map, dict => dict.get('a')), 1)
  })

  it('refuses a file that is not a cache, and does not touch it', async () => {
    writeFileSync(folder('notes.txt'), 'precious')
    await assert.rejects(
      withCache(folder('notes.txt'), dict => dict.set('a', 1)),
      { code: 'ERR_CACHE_FORMAT' },
    )
    assert.deepEqual(readdirSync(folder()), ['notes.txt'])
  })

  it('lets one exclusive block in at a time, in the order in which they came', async () => {
    const order: number[] = []
    const add = async (dict: CacheDict<number>, n: number) => {
      const before = dict.get('n', 0)
      await new Promise(resolve => setImmediate(resolve))
      order.push(n)
      dict.set('n', before + 1)
    }
    const numbers = Array.from({ length: 10 }, (_, n) => n)
    await Promise.all(
      numbers.map(n => withCache<number>('d', 'rew', dict => add(dict, n), { exclusive: true })),
    )
    assert.deepEqual(order, numbers)
    assert.deepEqual(await content(), { n: 10 })
    await Promise.all(
      numbers.map(n => withCache<number>('memory:n', 'rew', dict => add(dict, n), { exclusive: true })),
    )
    assert.equal(await withCache('memory:n', dict => dict.get('n')), 10)
  })

  it('lets the next one in where an exclusive block threw', async () => {
    await assert.rejects(withCache('d', 'rew', () => assert.fail(), { exclusive: true }))
    assert.equal(await withCache('d', 'rew', () => 1, { exclusive: true }), 1)
  })

  it('refuses a body that is no function, and options that it does not know', async () => {
    await assert.rejects(withCache('d', 'rew' as unknown as () => void), {
      name: 'TypeError',
      message: /withCache\(path, access/,
    })
    await assert.rejects(
      withCache('d', 'rew', () => {}, { onEror: 'keep' } as object),
      /"onEror"/,
    )
    await assert.rejects(
      withCache('d', 'rew', () => {}, { onError: 'drop' as 'keep' }),
      /'discard'/,
    )
  })
})

describe('withCache, asked to flush', () => {
  const temporary = ownCache()

  it('folds what functions kept into the file, also where the block did nothing itself', async () => {
    const file = temporary('d')
    decorate(() => 1, { path: file, outerKey: 'one' })()
    decorate(() => 2, { path: file, outerKey: 'two' })()
    assert.ok(existsSync(`${file}.journal`))
    await withCache(file, dict => dict.flush())
    assert.ok(!existsSync(`${file}.journal`))
    assert.deepEqual(await withCache(file, 'r', dict => Object.fromEntries(dict)), { one: 1, two: 2 })
  })
})

describe('withCache, misunderstood', () => {
  const path = ownCache()
  const warned = seenWarnings()

  it('refuses options in the place of the body', async () => {
    const misused = withCache as unknown as (...args: readonly unknown[]) => Promise<unknown>
    await assert.rejects(
      misused('d', () => 1, { onError: 'discard' }),
      /takes options after the access/,
    )
  })

  it('takes an access that is not there for rew', async () => {
    const passedOn = withCache as unknown as (...args: readonly unknown[]) => Promise<unknown>
    assert.equal(await passedOn('d', undefined, () => 5), 5)
  })

  it('says that it is the key which cannot be kept', async () => {
    await withCache('d', dict => {
      assert.throws(() => dict.set(() => 1, 1), /Cannot keep key: it is a function/)
      assert.throws(() => dict.set('a', () => 1), /Cannot keep value: it is a function/)
      assert.throws(() => dict.set(new WeakMap(), 1), /Give a string, a number, or other plain data/)
    })
  })

  it('says what a recipe is', () =>
    withCache('d', dict => {
      const update = dict.update.bind(dict) as (...args: readonly unknown[]) => unknown
      assert.throws(
        () => update('a'),
        /TypeError: dict.update\('a', …\) was given undefined. Give the recipe/,
      )
    }))

  it('says that a file was cut off, and gives what is left', async () => {
    await withCache('d', dict => {
      for (let i = 0; i < 20; i += 1) dict.set(`k${i}`, 'x'.repeat(100))
    })
    truncateSync(path('d'), 1_500)
    const left = await withCache('d', 'r', dict => dict.size)
    assert.ok(left > 0 && left < 20, `${left} of 20`)
    assert.match(warned()[0]!.message, /is damaged or cut off/)
  })

  it('holds no file open after its block', async () => {
    if (process.platform !== 'linux') return
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    for (let i = 0; i < 50; i += 1) await withCache(`many/${i}`, dict => dict.evaluate('a', () => i))
    assert.ok(open() < before + 10, `${open()} files are open, ${before} were before`)
  })
})

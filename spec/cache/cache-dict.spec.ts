import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  CacheDict,
  type Codec,
  close,
  createCache,
  NoCache,
  openStore,
  SingleValueCache,
  withCache,
} from 'cachedict'
import { isOwnTool } from '../../lib/base/own-tool.ts'
import { runChild } from '../support/child.ts'
import { ownCache } from '../support/own-cache.ts'
import { seenEvents } from '../support/seen-events.ts'
import { seenWarnings } from '../support/warnings.ts'

type Point = { x: number; list: number[] }

describe('CacheDict', () => {
  const at = ownCache()
  const warnings = seenWarnings()
  const seen = seenEvents()

  describe('set and get', () => {
    it('keep a copy as of now: the caller goes on with its own object', () =>
      withCache('d', dict => {
        const mine = { list: [1] }
        dict.set('a', mine)
        mine.list.push(2)
        assert.deepEqual(dict.get('a'), { list: [1] })
        assert.equal(Object.isFrozen(mine), false)
      }))

    it('give plain values deeply frozen, the same object each time, until the value changes', () =>
      withCache('d', dict => {
        dict.set('a', { list: [1, { deep: true }] })
        const first = dict.get('a')
        assert.equal(dict.get('a'), first)
        assert.ok(Object.isFrozen(first) && Object.isFrozen(first.list) && Object.isFrozen(first.list[1]))
        assert.equal([...dict.values()][0], first)
        dict.set('a', { list: [2] })
        assert.deepEqual(dict.get('a'), { list: [2] })
        assert.deepEqual(first, { list: [1, { deep: true }] })
      }))

    it('give a fresh copy of what the language cannot freeze', () =>
      withCache('d', dict => {
        const values = [
          new Date(0),
          new Map([[1, 2]]),
          new Set([1]),
          new Uint8Array(2),
          Buffer.from('x'),
          /a/g,
          new URL('file:///a'),
          new Error('e'),
        ]
        for (const value of values) {
          dict.set('a', { value })
          const { value: first } = dict.get('a')
          assert.notEqual(dict.get('a').value, first)
          assert.equal(Object.isFrozen(first), false)
          assert.equal(Object.getPrototypeOf(first), Object.getPrototypeOf(value))
        }
        dict.set('bytes', new Uint8Array(2))
        dict.get('bytes').fill(7)
        assert.deepEqual(dict.get('bytes'), new Uint8Array(2))
      }))

    it('take undefined, null, 0, false, NaN, -0 and the empty string for values like any other', async () => {
      const values = [undefined, null, 0, false, Number.NaN, -0, '']
      await withCache('d', dict => {
        for (const [index, value] of values.entries()) dict.set(index, value)
      })
      await withCache('d', 'r', dict => {
        for (const [index, value] of values.entries()) {
          assert.ok(Object.is(dict.get(index, 'fallback'), value))
          assert.equal(dict.has(index), true)
        }
        assert.equal(dict.size, values.length)
      })
    })

    it('give the fallback for what is not there, and undefined without one', () =>
      withCache('d', dict => {
        assert.equal(dict.get('a'), undefined)
        assert.equal(dict.get('a', 5), 5)
        assert.equal(dict.has('a'), false)
        assert.equal(dict.size, 0)
      }))

    it('throw at once on what cannot be kept, name the place, and change nothing', () =>
      withCache('d', dict => {
        dict.set('a', 1)
        assert.throws(() => dict.set('a', { deep: [() => {}] }), {
          code: 'ERR_CACHE_UNENCODABLE',
          message: /deep\[0\]/,
        })
        assert.throws(() => dict.set('b', Promise.resolve()), { code: 'ERR_CACHE_UNENCODABLE' })
        assert.deepEqual([...dict], [['a', 1]])
      }))

    it('return the dictionary, to go on with', () =>
      withCache('d', dict => assert.equal(dict.set('a', 1), dict)))

    it('leave Object.prototype alone', async () => {
      await withCache('d', dict => dict.set('__proto__', { polluted: 1 }).set('constructor', 2))
      await withCache('d', 'r', dict => {
        assert.deepEqual(
          [...dict],
          [
            ['__proto__', { polluted: 1 }],
            ['constructor', 2],
          ],
        )
        assert.equal(({} as { polluted?: number }).polluted, undefined)
      })
    })
  })

  describe('keys', () => {
    const keys: unknown[] = [
      'a',
      '',
      1,
      '1',
      1n,
      true,
      null,
      undefined,
      -0,
      0,
      Number.NaN,
      [1, [2]],
      { b: 1, a: [new Date(5)] },
      new Map([[1, { x: 1 }]]),
      new Set(['s']),
      new Uint8Array([1, 2]),
      'x'.repeat(5_000),
      '\ud800',
      'new\nline',
    ]

    it('may have any structure, are told apart, and come back as they were', async () => {
      await withCache('d', dict => {
        for (const [index, key] of keys.entries()) dict.set(key, index)
      })
      await withCache('d', 'r', dict => {
        assert.equal(dict.size, keys.length)
        const listed = [...dict.keys()]
        for (const [index, key] of keys.entries()) {
          assert.equal(dict.get(key), index)
          assert.deepEqual(listed[index], key)
        }
      })
    })

    it('are equal where their structure is', () =>
      withCache('d', dict => {
        dict.set({ a: 1, b: new Set([1, 2]) }, 'value')
        assert.equal(dict.get({ b: new Set([2, 1]), a: 1 }), 'value')
        assert.equal(dict.get({ a: 1, b: new Set([1]) }), undefined)
        dict.set([undefined], 1)
        assert.deepEqual([dict.has([null]), dict.has([]), dict.has(new Array(1))], [false, false, false])
      }))

    it('are refused where they have no identity', () =>
      withCache('d', dict => {
        const key = { socket: new WeakMap() }
        for (const use of [
          () => dict.set(key, 1),
          () => dict.get(key),
          () => dict.has(key),
          () => dict.delete(key),
          () => dict.update(key, () => 1),
          () => dict.evaluate(key, () => 1),
        ]) {
          assert.throws(use, { code: 'ERR_CACHE_UNKEYABLE', message: /socket/ })
        }
      }))
  })

  describe('order', () => {
    it('is that of a Map', async () => {
      const map = new Map<string, number>()
      await withCache<number>('d', dict => {
        for (const target of [map, dict]) {
          target.set('b', 1).set('a', 2).set('c', 3).set('b', 4)
          target.delete('a')
          target.set('a', 5)
        }
        assert.deepEqual([...dict], [...map])
      })
      assert.deepEqual(await withCache('d', 'r', dict => [...dict]), [...map])
      await withCache<number>('d', dict => {
        for (const target of [map, dict]) {
          target.set('a', 6)
          target.delete('b')
          target.set('d', 7).set('b', 8)
        }
        assert.deepEqual([...dict], [...map])
        assert.deepEqual([...dict.keys()], [...map.keys()])
        assert.deepEqual([...dict.values()], [...map.values()])
        assert.deepEqual([...dict.entries()], [...map.entries()])
      })
      assert.deepEqual(await withCache('d', 'r', dict => [...dict]), [...map])
    })

    it('does not depend on when it is asked for', () =>
      withCache('d', async dict => {
        dict.set('a', 1)
        dict.evaluate('b', () => 2)
        dict.set('c', 3)
        await dict.evaluate('d', async () => 4)
        assert.deepEqual([...dict.keys()], ['a', 'b', 'c', 'd'])
        dict.evaluate('e', () => 5)
        dict.set('f', 6)
        assert.deepEqual([...dict.keys()], ['a', 'b', 'c', 'd', 'e', 'f'])
      }))

    it('shows an iterator what is set and deleted on the way', () =>
      withCache('d', dict => {
        dict.set('a', 1).set('b', 2).set('c', 3)
        const met: string[] = []
        for (const [key] of dict) {
          met.push(key)
          if (key === 'a') dict.delete('b')
          if (key === 'c') dict.set('d', 4)
        }
        assert.deepEqual(met, ['a', 'c', 'd'])
      }))

    it('is that of forEach too', () =>
      withCache('d', dict => {
        dict.set('a', 1).set('b', 2)
        const met: unknown[] = []
        dict.forEach((value, key, owner) => {
          met.push([value, key, owner === dict])
        })
        assert.deepEqual(met, [
          [1, 'a', true],
          [2, 'b', true],
        ])
      }))
  })

  describe('delete and clear', () => {
    it('remove a key, say whether it was there, and reach what is kept', async () => {
      await withCache('d', dict => dict.set('a', 1).set('b', 2))
      await withCache('d', dict => {
        assert.equal(dict.delete('a'), true)
        assert.equal(dict.delete('a'), false)
        assert.equal(dict.delete('never'), false)
        assert.equal(dict.has('a'), false)
        assert.equal(dict.size, 1)
      })
      assert.deepEqual(await withCache('d', 'r', dict => [...dict]), [['b', 2]])
    })

    it('remove every version of a key', async () => {
      const compute = () => 'old code'
      const edited = () => 'new code'
      await withCache('d', dict => {
        dict.evaluate('a', compute)
        dict.evaluate('a', edited)
      })
      await withCache('d', dict => dict.delete('a'))
      await withCache('d', 're', dict => {
        assert.equal(dict.why('a', compute).because, 'absent')
        assert.equal(dict.why('a', edited).because, 'absent')
      })
      const store = await openStore('d')
      assert.deepEqual([...(await store.entries('a'))], [])
    })

    it('clear what was there at the call, not what comes later or from elsewhere', async () => {
      await withCache('d', dict => dict.set('a', 1).set('b', 2))
      await withCache('d', async dict => {
        dict.set('c', 3)
        dict.clear()
        assert.equal(dict.size, 0)
        dict.set('d', 4)
        await withCache('d', other => other.set('e', 5))
      })
      assert.deepEqual(await withCache('d', 'r', dict => [...dict.keys()].sort()), ['d', 'e'])
    })
  })

  describe('update', () => {
    it('gives a draft, which it may change', async () => {
      await withCache<Point>('d', dict => {
        dict.set('p', { x: 1, list: [1] })
        const before = dict.get('p')
        const after = dict.update('p', draft => {
          draft.x += 1
          draft.list.push(2)
        })
        assert.deepEqual(after, { x: 2, list: [1, 2] })
        assert.equal(dict.get('p'), after)
        assert.ok(Object.isFrozen(after))
        assert.deepEqual(before, { x: 1, list: [1] })
      })
      assert.deepEqual(await withCache('d', dict => dict.get('p')), { x: 2, list: [1, 2] })
    })

    it('takes a value that is returned', () =>
      withCache<number>('d', dict => {
        dict.set('n', 1)
        assert.equal(
          dict.update('n', n => n + 1),
          2,
        )
        assert.equal(
          dict.update('new', n => (n ?? 10) + 1),
          11,
        )
        assert.equal(
          dict.update('none', () => undefined),
          undefined,
        )
        assert.equal(dict.has('none'), false)
      }))

    it('loses nothing that a recipe does to the default of a missing key', () =>
      withCache<number[], string>('d', dict => {
        const change = (list: number[] = []) => {
          list.push(1)
        }
        assert.throws(() => dict.update('list', change), /kept nothing.*Return it/)
        assert.equal(dict.has('list'), false)
        dict.set('list', [])
        assert.deepEqual(dict.update('list', change), [1])
        assert.equal(
          dict.update('none', draft => void draft?.push(1)),
          undefined,
        )
      }))

    it('changes nothing where the recipe throws', () =>
      withCache('d', dict => {
        dict.set('p', { list: [1] }).set('m', new Map([['a', 1]]))
        for (const key of ['p', 'm', 'missing']) {
          assert.throws(
            () =>
              dict.update(key, draft => {
                draft?.list?.push(2)
                draft?.set?.('b', 2)
                throw new Error('mine')
              }),
            /mine/,
          )
        }
        assert.deepEqual(
          [...dict],
          [
            ['p', { list: [1] }],
            ['m', new Map([['a', 1]])],
          ],
        )
      }))

    it('changes Maps, Sets, Dates and typed arrays in place, nested too', () =>
      withCache('d', dict => {
        dict.set('v', {
          map: new Map([['a', [1]]]),
          set: new Set([1]),
          date: new Date(0),
          bytes: new Uint8Array(2),
          buffer: Buffer.from('ab'),
        })
        dict.update('v', draft => {
          draft.map.get('a').push(2)
          draft.map.set('b', [])
          draft.set.add(2)
          draft.date.setTime(5)
          draft.bytes[1] = 7
          draft.buffer[0] = 0x7a
        })
        assert.deepEqual(dict.get('v'), {
          map: new Map([
            ['a', [1, 2]],
            ['b', []],
          ]),
          set: new Set([1, 2]),
          date: new Date(5),
          bytes: new Uint8Array([0, 7]),
          buffer: Buffer.from('zb'),
        })
      }))

    it('keeps what is shared shared, and circles whole', () =>
      withCache('d', dict => {
        const shared = { n: 1 }
        const circle: Record<string, unknown> = { left: shared, right: shared }
        circle.self = circle
        dict.set('c', circle)
        dict.update('c', draft => {
          draft.left.n = 2
        })
        const after = dict.get('c')
        assert.equal(after.right.n, 2)
        assert.equal(after.left, after.right)
        assert.equal(after.self, after)
      }))

    it('changes values 5,000 deep', () =>
      withCache('d', dict => {
        let deep: Record<string, unknown> = { n: 1 }
        for (let depth = 0; depth < 5_000; depth += 1) deep = { deep }
        dict.set('v', deep)
        dict.update('v', draft => {
          draft.added = true
        })
        let at = dict.get('v')
        assert.equal(at.added, true)
        while (at.deep !== undefined) at = at.deep
        assert.equal(at.n, 1)
      }))

    it('writes nothing where nothing changes', async () => {
      await withCache('d', dict => dict.set('p', { a: 1, b: [2] }))
      const store = await openStore('d')
      const before = Buffer.from((await store.get('d"p'))!)
      await withCache('d', dict => {
        const first = dict.get('p')
        dict.update('p', draft => {
          draft.a = 1
        })
        dict.update('p', () => ({ a: 1, b: [2] }))
        assert.equal(dict.get('p'), first)
      })
      assert.deepEqual(Buffer.from((await store.get('d"p'))!), before)
    })

    it('refuses what cannot be kept, and changes nothing', () =>
      withCache('d', dict => {
        dict.set('a', { n: 1 })
        assert.throws(
          () =>
            dict.update('a', draft => {
              draft.f = () => {}
            }),
          { code: 'ERR_CACHE_UNENCODABLE' },
        )
        assert.throws(() => dict.update('a', async () => ({ n: 2 })), { code: 'ERR_CACHE_UNENCODABLE' })
        assert.deepEqual(dict.get('a'), { n: 1 })
      }))
  })

  describe('evaluate', () => {
    it('computes once, now and in later blocks', async () => {
      let runs = 0
      const compute = () => ({ run: ++runs })
      for (let block = 0; block < 3; block += 1) {
        await withCache('d', dict => {
          assert.deepEqual(dict.evaluate({ step: 1 }, compute), { run: 1 })
          assert.deepEqual(dict.get({ step: 1 }), { run: 1 })
        })
      }
      assert.equal(runs, 1)
    })

    it('gives a frozen value, the same that get gives', () =>
      withCache('d', dict => {
        const compute = () => ({ list: [1] })
        const first = dict.evaluate('a', compute)
        assert.ok(Object.isFrozen(first.list))
        assert.equal(dict.evaluate('a', compute), first)
        assert.equal(dict.get('a'), first)
      }))

    it('gives a promise for a promise, and joins concurrent callers', async () => {
      let runs = 0
      const compute = async () => {
        runs += 1
        await nextTurn()
        return { run: runs }
      }
      await withCache('d', async dict => {
        const all = await Promise.all(Array.from({ length: 100 }, () => dict.evaluate('a', compute)))
        assert.equal(runs, 1)
        assert.ok(all.every(value => value.run === 1))
      })
      await withCache('d', async dict => {
        const again = dict.evaluate('a', compute)
        assert.ok(again instanceof Promise)
        assert.deepEqual(await again, { run: 1 })
      })
    })

    it('is durable before the block ends', () =>
      withCache('d', async outer => {
        outer.evaluate('now', () => 1)
        await outer.evaluate('soon', async () => 2)
        await withCache('d', 'r', inner =>
          assert.deepEqual(
            [...inner],
            [
              ['now', 1],
              ['soon', 2],
            ],
          ),
        )
      }))

    it('keeps undefined, null, 0, false and NaN', () =>
      withCache('d', dict => {
        for (const [index, value] of [undefined, null, 0, false, Number.NaN].entries()) {
          let runs = 0
          const compute = () => {
            runs += 1
            return value
          }
          dict.evaluate(index, compute)
          assert.ok(Object.is(dict.evaluate(index, compute), value))
          assert.equal(runs, 1)
        }
      }))

    it('keeps no error and no NoCache', async () => {
      let runs = 0
      const fail = () => {
        runs += 1
        throw new Error('mine')
      }
      const failLater = async () => fail()
      await withCache('d', async dict => {
        for (let call = 0; call < 2; call += 1) {
          assert.throws(() => dict.evaluate('a', fail), /mine/)
          await assert.rejects(dict.evaluate('b', failLater), /mine/)
          assert.equal(
            dict.evaluate('c', () => {
              runs += 1
              return NoCache
            }),
            NoCache,
          )
        }
        assert.equal(runs, 6)
        assert.equal(dict.size, 0)
      })
    })

    it('hits on what was set, over any code', () =>
      withCache('d', dict => {
        dict.set('a', 1)
        assert.equal(
          dict.evaluate('a', () => assert.fail()),
          1,
        )
      }))

    it('is not undone by the commit of a block that set the key before', async () => {
      await withCache('d', dict => {
        dict.set('a', 'set')
        dict.delete('a')
        assert.equal(
          dict.evaluate('a', () => 'computed'),
          'computed',
        )
      })
      assert.equal(await withCache('d', dict => dict.get('a')), 'computed')
    })

    it('judges the code, version and deps, and get does not', () =>
      withCache('d', dict => {
        // Without a name of their own.
        const [one, two] = [() => 1, () => 2] as const
        assert.equal(dict.evaluate('a', one), 1)
        assert.equal(dict.why('a', two).because, 'code-changed')
        assert.equal(dict.evaluate('a', two), 2)
        assert.equal(dict.get('a'), 2)
        assert.equal(
          dict.evaluate('a', () => 3, { code: 'off' }),
          2,
        )
        assert.equal(dict.evaluate('v', one, { version: 1 }), 1)
        let runs = 0
        const counted = () => ++runs
        for (const version of [1, 2, 1, '1']) dict.evaluate('w', counted, { version })
        assert.equal(runs, 3)
        for (const deps of [[one], [two], [one], [{ a: 1 }]]) dict.evaluate('x', counted, { deps })
        assert.equal(runs, 6)
      }))

    it('refreshes where it is told to', () =>
      withCache('d', dict => {
        let runs = 0
        const counted = () => ++runs
        dict.evaluate('a', counted)
        assert.equal(dict.evaluate('a', counted, { refresh: true }), 2)
        assert.equal(dict.evaluate('a', counted), 2)
      }))

    it('keeps only what keepIf accepts', () =>
      withCache('d', dict => {
        let runs = 0
        const counted = () => ++runs
        const keepIf = (n: number) => n >= 2
        assert.deepEqual(
          [1, 2, 3].map(() => dict.evaluate('a', counted, { keepIf })),
          [1, 2, 2],
        )
      }))

    it('ends waiting for another one where its signal says so, and leaves that one to finish', () =>
      withCache('d', async dict => {
        let finish = (_: number) => {}
        const slow = () =>
          new Promise<number>(resolve => {
            finish = resolve
          })
        const first = dict.evaluate('a', slow)
        const controller = new AbortController()
        const second = dict.evaluate('a', slow, { signal: controller.signal })
        controller.abort(new Error('enough'))
        await assert.rejects(second, /enough/)
        finish(1)
        assert.equal(await first, 1)
      }))

    it('keeps what is computed after the end of the block', async () => {
      let finish = (_: number) => {}
      let late: Promise<number> | undefined
      const compute = () =>
        new Promise<number>(resolve => {
          finish = resolve
        })
      await withCache('d', dict => {
        late = dict.evaluate('a', compute)
      })
      finish(7)
      assert.equal(await late, 7)
      assert.equal(await withCache('d', 'r', dict => dict.get('a')), 7)
    })

    it('refuses what is no function, and options that it does not know', () =>
      withCache('d', dict => {
        assert.throws(() => dict.evaluate('a', 5 as unknown as () => number), {
          name: 'TypeError',
          message: /'a'.*5/,
        })
        assert.throws(() => dict.evaluate('a', () => 1, { tll: 1 } as object), {
          name: 'TypeError',
          message: /"tll"/,
        })
        assert.throws(() => dict.evaluate('a', () => 1, { ttl: 'soon' }), TypeError)
      }))
  })

  describe('why', () => {
    it('explains what evaluate would do', () =>
      withCache('d', dict => {
        const compute = () => 1
        const before = dict.why('a', compute)
        assert.deepEqual([before.hit, before.because], [false, 'absent'])
        assert.match(before.text, /'a'.*nothing is kept/)
        dict.evaluate('a', compute)
        assert.equal(dict.why('a', compute).hit, true)
        assert.equal(dict.why('a').hit, true)
        dict.set('b', 1)
        assert.equal(dict.why('b', compute).hit, true)
      }))

    it('compares no code where it is given none', () =>
      withCache('d', dict => {
        dict.evaluate('a', () => 1, { version: 'v', deps: [1] })
        assert.equal(dict.why('a').hit, true)
      }))
  })

  describe('flush', () => {
    it('commits, and then shows what is there', async () => {
      await withCache('d', async dict => {
        dict.set('a', 1)
        await withCache('d', other => other.set('b', 2))
        assert.equal(dict.has('b'), false)
        await dict.flush()
        assert.deepEqual([...dict].sort(), [
          ['a', 1],
          ['b', 2],
        ])
        assert.deepEqual(await withCache('d', 'r', other => [...other].sort()), [
          ['a', 1],
          ['b', 2],
        ])
        await withCache('d', other => other.set('a', 'theirs'))
        dict.set('c', 3)
      })
      assert.deepEqual(await withCache('d', 'r', dict => [...dict].sort()), [
        ['a', 'theirs'],
        ['b', 2],
        ['c', 3],
      ])
    })

    it('loses nothing that is changed while it is under way', async () => {
      await withCache('d', async dict => {
        dict.set('a', 1).set('gone', 1)
        const flushing = [dict.flush(), dict.flush()]
        dict.set('late', 2).set('a', 3).delete('gone')
        await nextTurn()
        dict.set('later', 4)
        await Promise.all(flushing)
        assert.deepEqual([...dict].sort(), [
          ['a', 3],
          ['late', 2],
          ['later', 4],
        ])
      })
      assert.deepEqual(await withCache('d', 'r', dict => [...dict].sort()), [
        ['a', 3],
        ['late', 2],
        ['later', 4],
      ])
    })

    it('leaves a block without r with what it did itself, and one without w with its changes', async () => {
      await withCache('d', dict => dict.set('old', 1))
      await withCache('d', 'ew', async dict => {
        dict.set('a', 1)
        dict.evaluate('b', () => 2)
        await dict.flush()
        assert.deepEqual([...dict].sort(), [
          ['a', 1],
          ['b', 2],
        ])
      })
      await withCache('d', 're', async dict => {
        dict.set('c', 1)
        await dict.flush()
        assert.equal(dict.get('c'), 1)
      })
      assert.equal(await withCache('d', dict => dict.has('c')), false)
    })
  })

  describe('open and close', () => {
    it('is for await using, and commits at the end of the scope, however it ends', async () => {
      await assert.rejects(async () => {
        await using dict = await CacheDict.open('d')
        dict.set('a', 1)
        throw new Error('mine')
      }, /mine/)
      await using dict = await CacheDict.open('d', 'r')
      assert.deepEqual([...dict], [['a', 1]])
    })

    it('may be closed twice, and by many at once', async () => {
      const dict = await CacheDict.open('d')
      dict.set('a', 1)
      await Promise.all([dict.close(), dict.close()])
      await dict.close()
      await dict[Symbol.asyncDispose]()
    })

    it('cannot be used after its end', async () => {
      let dict!: CacheDict
      let keys!: Iterator<unknown>
      await withCache('d', inside => {
        dict = inside.set('a', 1).set('b', 2)
        keys = dict.keys()
      })
      const uses: (() => unknown)[] = [
        () => dict.get('a'),
        () => dict.set('a', 1),
        () => dict.has('a'),
        () => dict.size,
        () => dict.delete('a'),
        () => dict.clear(),
        () => [...dict],
        () => [...dict.keys()],
        () => dict.update('a', () => 1),
        () => dict.evaluate('a', () => 1),
        () => dict.forEach(() => {}),
        () => keys.next(),
        () => dict.why('a'),
      ]
      for (const use of uses) assert.throws(use, { code: 'ERR_CACHE_CLOSED' }, String(use))
      await assert.rejects(dict.flush(), { code: 'ERR_CACHE_CLOSED' })
    })

    it('outlives the closing of all stores', async () => {
      await withCache('d', async dict => {
        dict.set('a', 1)
        await close()
      }).catch(() => {})
      assert.equal(await withCache('d', 'r', dict => dict.get('a')), 1)
    })
  })

  it('is a tool, and no data, to the functions that capture it; so is every other cache', () =>
    withCache('d', dict => {
      for (const cache of [dict, new SingleValueCache('x'), createCache()])
        assert.equal(isOwnTool(cache), true)
    }))

  // Needs fingerprints: what the thunk captures is another object in each round.
  it('lets a script go on that counted, noted and collected as it went, where it was killed', async () => {
    const script = `
      import { withCache } from 'lib/index.ts'
      const heavy = i => i * i
      const stop = Number(process.env.STOP)
      let done = 0
      const progress = { step: -1 }
      const all = []
      await withCache(${JSON.stringify(at('steps.cache'))}, dict => {
        for (let i = 0; i < 200; i++) {
          if (i === stop) {
            console.log(done)
            process.kill(process.pid, 'SIGKILL')
          }
          dict.evaluate('step ' + i, () => {
            done++
            progress.step = i
            all.push(i)
            return heavy(i)
          })
        }
        console.log(done)
      })`
    const seen: string[] = []
    for (const STOP of ['120', '', '']) {
      const child = runChild(script, { env: { STOP: STOP || '-1' } })
      seen.push(await child.line())
      await child.end().catch(() => {})
    }
    assert.deepEqual(seen, ['120', '80', '0'])
  })

  it('takes another codec, for values only', async () => {
    const json: Codec = {
      id: 'json',
      encode: value => Buffer.from(JSON.stringify(value)),
      decode: bytes => JSON.parse(Buffer.from(bytes).toString()),
    }
    await withCache('d', 'rew', dict => dict.set({ key: new Date(0) }, { a: [1] }), { codec: json })
    await withCache('d', 'r', dict => assert.deepEqual([...dict], [[{ key: new Date(0) }, { a: [1] }]]), {
      codec: json,
    })
    await withCache('d', 'r', dict => {
      assert.throws(() => dict.get({ key: new Date(0) }), {
        code: 'ERR_CACHE_UNDECODABLE',
        message: /"json"/,
      })
    })
  })

  it('counts a damaged entry as none, says so once, and heals with the next value', async () => {
    await withCache('d', dict => dict.set('a', 1).set('b', 2))
    const store = await openStore('d')
    const damaged = (await store.get('d"a'))!
    damaged[damaged.length - 1]! ^= 1
    await store.write({ reads: [], durable: false, plan: () => [{ key: 'd"a', bytes: damaged }] })
    await withCache('d', dict => {
      assert.equal(dict.get('a'), undefined)
      assert.equal(dict.get('a', 'fallback'), 'fallback')
      assert.equal(dict.has('a'), false)
      assert.deepEqual([...dict], [['b', 2]])
      assert.equal(warnings().length, 1)
      assert.match(warnings()[0]!.message, /damaged/)
      assert.ok(seen.of('damaged').length > 0)
      dict.set('a', 3)
    })
    assert.equal(await withCache('d', dict => dict.get('a')), 3)
  })
})

import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { CacheDict, decorate, MemoryStore, withCache } from 'cachedict'
import fc from 'fast-check'
import { Reads } from '../../lib/cache/reads.ts'
import type { Source } from '../../lib/cache/surroundings.ts'
import { decodeEntry, encodeEntry } from '../../lib/entries/entry.ts'
import type { View } from '../../lib/entries/use.ts'
import { runChild } from '../support/child.ts'
import { entryOf } from '../support/entries.ts'
import { ownCache } from '../support/own-cache.ts'
import { seenWarnings } from '../support/warnings.ts'

type Dict = CacheDict<unknown, unknown>

/** Counts how often each step ran, apart from what the steps capture. */
const runs: Record<string, number> = {}
const ran = (name: string): void => {
  runs[name] = (runs[name] ?? 0) + 1
}

describe('What a result was made of', () => {
  const at = ownCache()
  const warnings = seenWarnings()
  beforeEach(() => {
    for (const name of Object.keys(runs)) delete runs[name]
  })

  const model = (dict: Dict): unknown =>
    dict.evaluate('model', () => {
      ran('model')
      return `model of ${String(dict.get('data'))}`
    })

  it('is what it read: another value, another result; other keys do not matter', async () => {
    for (const [data, other] of [
      ['a', 1],
      ['a', 2],
      ['b', 2],
      ['b', 3],
    ]) {
      await withCache('d', dict => {
        dict.set('data', data)
        dict.set('other', other)
      })
      await withCache('d', dict => assert.equal(model(dict), `model of ${data}`))
    }
    assert.equal(runs.model, 2)
  })

  it('is named where it has changed', async () => {
    await withCache('d', dict => {
      dict.set('data', 'a')
      model(dict)
      dict.set('data', 'b')
      const why = dict.why('model')
      assert.deepEqual([why.because, why.details.dependency], ['dependency-changed', 'data'])
      assert.match(why.text, /It was made of the value of data\./)
      dict.set({ x: 1 }, 5)
      dict.evaluate('sum', () => dict.get({ x: 1 }))
      dict.delete({ x: 1 })
      assert.equal(dict.why('sum').details.dependency, '{ x: 1 }')
    })
  })

  it('is what a block shows, committed or not', async () => {
    await withCache('d', dict => {
      for (const [data, expected] of [
        ['a', 1],
        ['a', 1],
        ['b', 2],
        ['b', 2],
      ]) {
        dict.set('data', data)
        for (let n = 0; n < 2; n += 1) assert.equal(model(dict), `model of ${data}`)
        assert.equal(runs.model, expected)
      }
    })
    await withCache('d', dict => assert.equal(model(dict), 'model of b'))
    assert.equal(runs.model, 2)
  })

  it('is nothing where nothing was there, until something is', async () => {
    await withCache('d', dict => {
      assert.equal(model(dict), 'model of undefined')
      assert.equal(model(dict), 'model of undefined')
      dict.set('data', 'a')
      assert.equal(model(dict), 'model of a')
      dict.delete('data')
      assert.equal(model(dict), 'model of undefined')
      assert.equal(runs.model, 3)
    })
  })

  it('is a result that was not kept, until one is', async () => {
    await withCache('d', dict => {
      const inner = () => dict.evaluate('inner', () => 'unkept', { keepIf: () => false })
      const outer = () => dict.evaluate('outer', () => `of ${String(inner())}`)
      assert.equal(outer(), 'of unkept')
      dict.set('inner', 'set')
      assert.equal(outer(), 'of set')
    })
  })

  it('is known in another process', async () => {
    const path = at('d.cache')
    const script = `
      import { withCache } from 'lib/index.ts'
      await withCache(${JSON.stringify(path)}, dict => {
        if (process.env.DATA) dict.set('data', process.env.DATA)
        console.log(dict.evaluate('model', () => {
          process.env.RAN = 'yes'
          return 'of ' + dict.get('data')
        }), process.env.RAN ?? 'no')
      })`
    const seen: string[] = []
    for (const DATA of ['a', '', 'a', 'b', '']) {
      const child = runChild(script, { env: { DATA } })
      seen.push(await child.line())
      await child.end()
    }
    assert.deepEqual(seen, ['of a yes', 'of a no', 'of a no', 'of b yes', 'of b no'])
  })

  it('is found across awaits, in helpers, and apart for each of several at once', async () => {
    const read = async (dict: Dict, key: string) => {
      await nextTurn()
      return dict.get(key)
    }
    const both = (dict: Dict) =>
      Promise.all(
        ['a', 'b'].map(key =>
          dict.evaluate(
            `of ${key}`,
            async () => {
              await nextTurn()
              ran(key)
              return read(dict, key)
            },
            { version: key },
          ),
        ),
      )
    await withCache('d', async dict => {
      dict.set('a', 1).set('b', 1)
      await both(dict)
      dict.set('a', 2)
      assert.deepEqual(await both(dict), [2, 1])
      assert.deepEqual(runs, { a: 2, b: 1 })
    })
  })

  it('is what nested results were made of', async () => {
    const nested = (dict: Dict) =>
      dict.evaluate('model', () => {
        ran('model')
        const data = dict.evaluate('data', () => {
          ran('data')
          return `data of ${String(dict.get('raw'))}`
        })
        return `model of ${data}`
      })
    for (const raw of [1, 1, 2]) {
      await withCache('d', dict => void dict.set('raw', raw))
      await withCache('d', dict => assert.equal(nested(dict), `model of data of ${raw}`))
    }
    assert.deepEqual(runs, { model: 2, data: 2 })
    // A nested hit brings along what it was made of.
    await withCache('d', dict => {
      dict.delete('model')
      nested(dict)
      assert.deepEqual(runs, { model: 3, data: 2 })
      dict.set('raw', 3)
      assert.equal(nested(dict), 'model of data of 3')
    })
  })

  it('stays what it is while other code keeps its own beside it', async () => {
    const outer = (dict: Dict, edition: string) =>
      dict.evaluate(
        'outer',
        () => {
          ran(edition)
          return dict.evaluate('inner', () => edition, { version: edition })
        },
        { version: edition },
      )
    await withCache('d', dict => {
      for (const edition of ['one', 'two', 'one', 'two', 'one']) assert.equal(outer(dict, edition), edition)
      assert.deepEqual(runs, { one: 1, two: 1 })
    })
  })

  it('may be two editions of one result', async () => {
    await withCache('d', dict => {
      const inner = (version: string) => dict.evaluate('inner', () => version, { version })
      const outer = () =>
        dict.evaluate('outer', () => {
          ran('outer')
          return inner('one') + inner('two') + inner('one')
        })
      for (let n = 0; n < 2; n += 1) assert.equal(outer(), 'onetwoone')
      assert.equal(runs.outer, 1)
    })
  })

  it('is read by has, update, and every listing', async () => {
    const steps: Record<string, (dict: Dict) => unknown> = {
      has: dict => dict.has('data'),
      size: dict => dict.size,
      keys: dict => [...dict.keys()],
      values: dict => [...dict.values()],
      entries: dict => [...dict.entries()],
      iterator: dict => [...dict],
      forEach: dict => {
        const all: unknown[] = []
        dict.forEach(value => {
          all.push(value)
        })
        return all
      },
      update: dict => dict.update('data', () => {}),
    }
    const changesValue = new Set(['values', 'entries', 'iterator', 'forEach', 'update'])
    for (const [name, step] of Object.entries(steps)) {
      const evaluated = (dict: Dict) =>
        dict.evaluate(`of ${name}`, () => {
          ran(name)
          return step(dict)
        })
      const path = `${name}.cache`
      await withCache(path, dict => {
        dict.set('data', [1])
        evaluated(dict)
      })
      await withCache(path, dict => void evaluated(dict))
      assert.equal(runs[name], 1, name)
      await withCache(path, dict => void dict.set('data', [1]))
      await withCache(path, dict => void evaluated(dict))
      assert.equal(runs[name], 1, `${name}, written again`)
      await withCache(path, dict => void dict.set('data', [2]))
      await withCache(path, dict => void evaluated(dict))
      assert.equal(runs[name], changesValue.has(name) ? 2 : 1, `${name}, another value`)
      await withCache(path, dict => void dict.delete('data'))
      await withCache(path, dict => void evaluated(dict))
      assert.equal(runs[name], changesValue.has(name) ? 3 : 2, `${name}, removed`)
    }
  })

  it('is not what the evaluation itself put there first, nor its own value before', async () => {
    const own = (dict: Dict) =>
      dict.evaluate('own', () => {
        ran('own')
        dict.set('note', Math.random())
        return [dict.get('note'), dict.get('own')].length
      })
    await withCache('d', dict => {
      own(dict)
      dict.set('note', 'other')
      own(dict)
      assert.equal(runs.own, 1)
    })
  })

  it('is what an update began with', async () => {
    const push = (dict: Dict) =>
      dict.evaluate('push', () => {
        ran('push')
        return dict.update('data', list => [...(list as number[]), 0])
      })
    await withCache('d', dict => {
      dict.set('data', [1])
      assert.deepEqual(push(dict), [1, 0])
      dict.set('data', [1])
      assert.deepEqual(push(dict), [1, 0])
      assert.equal(runs.push, 1)
      assert.deepEqual(dict.get('data'), [1])
      dict.set('data', [2])
      assert.deepEqual(push(dict), [2, 0])
    })
  })

  it('is true of none where it changed while it was used', async () => {
    await withCache('d', async dict => {
      dict.set('data', 1)
      const twice = () =>
        dict.evaluate('twice', async () => {
          ran('twice')
          const before = dict.get('data')
          await nextTurn()
          await nextTurn()
          return [before, dict.get('data')]
        })
      const first = twice()
      dict.set('data', 2)
      assert.deepEqual(await first, [1, 2])
      dict.set('data', 1)
      assert.deepEqual(await twice(), [1, 1])
    })
  })

  it('is looked at again by who joins an evaluation that began before', async () => {
    await withCache('d', async dict => {
      dict.set('data', 'old')
      const later = () =>
        dict.evaluate('later', async () => {
          const data = dict.get('data')
          await nextTurn()
          return data
        })
      const first = later()
      dict.set('data', 'new')
      assert.deepEqual(await Promise.all([first, later()]), ['old', 'new'])
      assert.equal(await later(), 'new')
    })
  })

  it('is looked at again by who joins one that began before and fails', async () => {
    await withCache('d', async dict => {
      dict.set('data', 'old')
      const later = () =>
        dict.evaluate('later', async () => {
          const data = dict.get('data')
          await nextTurn()
          if (data === 'old') throw new Error('too old')
          return data
        })
      const first = assert.rejects(later, /too old/)
      dict.set('data', 'new')
      assert.equal(await later(), 'new')
      await first
    })
  })

  it('belongs to who joins an evaluation whose result is not kept', async () => {
    await withCache('d', async dict => {
      dict.set('data', 'old')
      await dict.flush()
      const unkept = decorate(
        async function unkept() {
          ran('unkept')
          const data = dict.get('data')
          await nextTurn()
          return data
        },
        { keepIf: () => false, path: 'd' },
      )
      const outers = () => Promise.all(['a', 'b'].map(key => dict.evaluate(key, async () => unkept())))
      assert.deepEqual(await outers(), ['old', 'old'])
      assert.equal(runs.unkept, 1)
      dict.set('data', 'new')
      await dict.flush()
      assert.deepEqual(await outers(), ['new', 'new'])
    })
  })

  it('belongs to decorated functions too, and to what they are called by', async () => {
    await withCache('d', async dict => {
      const inner = decorate(
        function inner(n: number) {
          ran('inner')
          return `${n} ${String(dict.get('data'))}`
        },
        { path: 'd' },
      )
      const outer = () => dict.evaluate('outer', () => inner(1))
      dict.set('data', 'a')
      await dict.flush()
      for (let n = 0; n < 3; n += 1) assert.deepEqual([inner(1), outer()], ['1 a', '1 a'])
      assert.equal(runs.inner, 1)
      dict.set('data', 'b')
      await dict.flush()
      assert.equal((await inner.why(1)).details.dependency, 'data')
      assert.equal(outer(), '1 b')
      assert.equal(inner(1), '1 b')
      assert.equal(runs.inner, 2)
    })
  })

  it('sees what an open block shows of another store, not what is committed there', async () => {
    await withCache('b', dict => void dict.set('x', 1))
    await withCache('a', a =>
      withCache('b', b => {
        const y = () => a.evaluate('y', () => b.get('x'))
        assert.equal(y(), 1)
        b.set('x', 2)
        assert.equal(y(), 2)
      }),
    )
    await withCache('a', a =>
      withCache('b', b => {
        assert.equal(
          a.evaluate('y', () => b.get('x')),
          2,
        )
        assert.equal(a.why('y').hit, true)
      }),
    )
  })

  it('is not what a second dictionary on the same store shows instead', async () => {
    await withCache('d', one =>
      withCache('d', two => {
        const of = (dict: Dict) => dict.evaluate('of two', () => two.get('a'))
        assert.equal(of(two), undefined)
        two.set('a', 1)
        assert.equal(of(one), 1)
      }),
    )
  })

  it('lies in another file, where it is looked at without a dictionary', async () => {
    const y = (a: Dict) => a.evaluate('y', () => withCacheSync(a))
    let b: Dict | undefined
    const withCacheSync = (_: Dict) => {
      ran('y')
      return b?.get('x')
    }
    await withCache('b.cache', async dict => {
      b = dict
      dict.set('x', 1)
      await dict.flush()
      await withCache('a.cache', a => assert.equal(y(a), 1))
    })
    await withCache('a.cache', a => assert.equal(a.why('y').hit, true))
    await withCache('b.cache', dict => void dict.set('x', 3))
    await withCache('a.cache', a => {
      const why = a.why('y')
      assert.equal(why.details.dependency, 'x')
      assert.match(why.text, /the value of x in .*b\.cache/)
    })
  })

  it('is one of the whole dictionary after a thousand single reads', async () => {
    const sum = (dict: Dict) =>
      dict.evaluate('sum', () => {
        ran('sum')
        let total = 0
        for (let n = 0; n < 1_200; n += 1) total += dict.get(n) as number
        return total
      })
    await withCache('d', dict => {
      for (let n = 0; n < 1_200; n += 1) dict.set(n, 1)
      dict.set('unread', 1)
      for (let n = 0; n < 2; n += 1) assert.equal(sum(dict), 1_200)
      assert.equal(runs.sum, 1)
    })
    await withCache('d', dict => {
      assert.equal(sum(dict), 1_200)
      assert.equal(runs.sum, 1)
      dict.set('unread', 2)
      assert.equal(dict.why('sum').details.dependency, 'all keys and values')
      dict.set(7, 8)
      assert.equal(sum(dict), 1_207)
    })
  })

  it('is true of none where one of a thousand single reads changed while it was evaluated', async () => {
    await withCache('d', async dict => {
      for (let n = 0; n < 1_200; n += 1) dict.set(n, 1)
      const sum = () =>
        dict.evaluate('sum', async () => {
          let total = 0
          for (let n = 0; n < 1_200; n += 1) total += dict.get(n) as number
          await nextTurn()
          return total
        })
      const first = sum()
      dict.set(0, 5)
      assert.equal(await first, 1_200)
      assert.equal(await sum(), 1_204)
    })
  })

  it('is noted of a thousand results too, and they hit', async () => {
    const all = (dict: Dict) =>
      dict.evaluate('all', () => {
        ran('all')
        for (let n = 0; n < 1_200; n += 1) dict.evaluate(n, () => 1)
        return 'done'
      })
    await withCache('memory:all', dict => void all(dict))
    await withCache('memory:all', dict => void all(dict))
    assert.equal(runs.all, 1)
  })

  it('is the code of the cached functions that it called, whatever it knows of them', async () => {
    const path = at('d.cache')
    const script = `
      import { decorate, withCache } from 'lib/index.ts'
      const { EDITION } = process.env
      const edit = new Function('return function inner() { return "' + EDITION + '" }')
      const known = new Map()
      if (EDITION) known.set('inner', decorate(edit(), { path: ${JSON.stringify(path)} }))
      await withCache(${JSON.stringify(path)}, dict => {
        const why = dict.why('outer').details.dependency
        const outer = dict.evaluate('outer', () => known.get('inner')(), { code: 'own' })
        console.log(outer, why ?? 'nothing')
      })`
    const seen: string[] = []
    for (const EDITION of ['one', 'one', '', 'two']) {
      const child = runChild(script, { env: { EDITION } })
      seen.push(await child.line())
      await child.end()
    }
    assert.deepEqual(seen, ['one nothing', 'one nothing', 'one nothing', 'two inner'])
  })

  it('is the code of a function too that could not be kept', () => {
    const path = new MemoryStore()
    const bare = decorate((_: unknown) => 1, { name: 'bare', path, strict: false })
    const outer = decorate(() => bare(Promise.resolve()), { name: 'outer', path })
    outer()
    assert.equal(warnings()[0]?.code, 'ERR_CACHE_UNKEYABLE')
    const [[key, frame]] = [...path.entries('c')] as [readonly [string, Uint8Array]]
    assert.deepEqual(
      decodeEntry(frame, key)?.madeOf.calls.map(({ name, place }) => [name, place]),
      [['bare', '.']],
    )
  })

  it('gives what evaluating gives, whatever was set, removed, evaluated and opened in between, and hits then', async () => {
    const keys = ['a', 'b', 'c']
    const step = fc.record({
      act: fc.constantFrom('set', 'delete', 'flush', 'reopen', 'evaluate', 'evaluate', 'evaluate', 'call'),
      at: fc.constantFrom('one', 'two', 'beside'),
      key: fc.constantFrom(...keys),
      value: fc.integer({ min: 0, max: 2 }),
      recipe: fc.integer({ min: 0, max: 6 }),
    })
    const options = { code: 'own' } as const
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async steps => {
        const stores = { one: new MemoryStore(), two: new MemoryStore() }
        const dicts = {
          one: await CacheDict.open(stores.one),
          two: await CacheDict.open(stores.two),
          beside: await CacheDict.open(stores.one),
        }
        const listed = (dict: Dict) => [...dict].filter(([key]) => keys.includes(String(key)))
        const original = (key: string) => [key, dicts.one.get(key), dicts.two.get(key)]
        const fn = decorate(original, { name: 'fn', path: stores.one, ...options })
        /** What is called inside: through the cache, or as if there was none. */
        interface Inside {
          readonly evaluated: (dict: Dict, recipe: number) => unknown
          readonly fn: (key: string) => unknown
        }
        const recipes: ((dict: Dict, inside: Inside) => unknown)[] = [
          dict => [dict.get('a'), dict.get('b')],
          dict => (dict.has('a') ? dict.get('c') : 'no a'),
          (dict, { evaluated }) => [evaluated(dict, 0), dict.get('c')],
          dict => listed(dict),
          (_, { evaluated }) => [dicts.two.get('a'), evaluated(dicts.two, 1)],
          (dict, { evaluated }) => [dicts.beside.get('a'), dict.get('a'), evaluated(dict, 4)],
          (dict, inside) => [inside.fn('a'), [...dict.keys()].filter(key => keys.includes(String(key)))],
        ]
        const cached: Inside = {
          evaluated: (dict, recipe) =>
            dict.evaluate(`r${recipe}`, () => recipes[recipe]!(dict, cached), {
              ...options,
              version: recipe,
            }),
          fn,
        }
        const bare: Inside = {
          evaluated: (dict, recipe) => recipes[recipe]!(dict, bare),
          fn: original,
        }
        for (const { act, at, key, value, recipe } of steps) {
          const dict = dicts[at]
          if (act === 'set') dict.set(key, value)
          if (act === 'delete') dict.delete(key)
          if (act === 'flush') await dict.flush()
          if (act === 'reopen') {
            await dict.close()
            dicts[at] = await CacheDict.open(at === 'two' ? stores.two : stores.one)
          }
          if (act === 'call') assert.deepEqual(fn(key), original(key))
          if (act === 'evaluate') {
            const given = cached.evaluated(dict, recipe)
            assert.deepEqual(given, bare.evaluated(dict, recipe), `r${recipe} in ${at}`)
            // Where only one dictionary is open, what was read through it is the same a moment later.
            const again = { code: 'off', version: recipe } as const
            if (at === 'two' && recipe <= 3)
              assert.deepEqual(
                dict.evaluate(`r${recipe}`, () => 'again', again),
                given,
              )
          }
        }
        for (const dict of Object.values(dicts)) await dict.close()
      }),
      { numRuns: 300 },
    )
  })

  it('makes no circle of two that read each other', async () => {
    const a = (dict: Dict): unknown =>
      dict.evaluate('a', () => {
        ran('a')
        return `a${String(dict.get('b')).length}`
      })
    const b = (dict: Dict): unknown =>
      dict.evaluate('b', () => {
        ran('b')
        return `b${String(dict.get('a')).length}`
      })
    await withCache('d', dict => {
      for (let n = 0; n < 3; n += 1) assert.deepEqual([a(dict), b(dict)].length, 2)
      assert.ok((runs.a ?? 0) < 3 && (runs.b ?? 0) < 3)
    })
  })
})

describe('Reads', () => {
  const frame = encodeEntry(entryOf(1), 'd"x')
  const view: View = { get: () => frame, latest: () => frame, list: () => [['d"x', frame]] }
  const own: Source = { placeId: '/own', view }
  const read = { what: 'value', label: '', codeVersion: '', stamp: 's', digest: 'd' } as const

  it('say where it was, as seen from where the result will lie', () => {
    const reads = new Reads(own, 'd"result')
    for (const source of [own, { placeId: '/own', view: undefined }, { placeId: '/other', view: undefined }])
      reads.add({ ...read, source, key: 'd"x' })
    reads.addCall({ placeId: '/own', name: 'f', codeVersion: 'c...', values: '' })
    assert.deepEqual(
      reads.madeOf().uses.map(({ place }) => place),
      ['', '.', '/other'],
    )
    assert.deepEqual(reads.madeOf().calls, [{ place: '.', name: 'f', codeVersion: 'c...', values: '' }])
  })

  it('note each thing once, and as torn where it was two', () => {
    const reads = new Reads(own, 'd"result')
    for (const digest of ['d', 'd']) reads.add({ ...read, source: own, key: 'd"x', digest })
    assert.deepEqual(
      reads.madeOf().uses.map(({ digest }) => digest),
      ['d'],
    )
    reads.add({ ...read, source: own, key: 'd"x', digest: 'e' })
    assert.deepEqual(
      reads.madeOf().uses.map(({ digest }) => digest),
      ['!'],
    )
  })
})

import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { type Access, CacheDict, decorate } from 'cachedict'
import { DEFAULT_PLACE } from '../../lib/cache/decorate.ts'
import { boundsOf } from '../../lib/entries/eviction/bounds.ts'
import { LmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts'
import { openStoreAt } from '../../lib/stores/open-store.ts'
import { ACCESS_ORDERS } from '../support/access-orders.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('decorate, by access', () => {
  const folder = ownCache()

  function square(access: Access) {
    const seen: number[] = []
    const fn = decorate(
      function square(n: number) {
        seen.push(n)
        return { n, run: seen.length }
      },
      { access },
    )
    return { fn, seen }
  }

  for (const access of ACCESS_ORDERS.rew) {
    it(`${access}: evaluates once`, () => {
      const { fn, seen } = square(access)
      assert.deepEqual(
        [fn(3), fn(3)],
        [
          { n: 3, run: 1 },
          { n: 3, run: 1 },
        ],
      )
      assert.deepEqual(seen, [3])
    })
  }

  for (const access of ACCESS_ORDERS.re) {
    it(`${access}: evaluates each time what is not kept, and writes nothing`, () => {
      const { fn, seen } = square(access)
      assert.deepEqual(
        [fn(3), fn(3)],
        [
          { n: 3, run: 1 },
          { n: 3, run: 2 },
        ],
      )
      assert.deepEqual(seen, [3, 3])
      assert.deepEqual(readdirSync(folder()), [])
    })

    it(`${access}: recalls what is kept`, () => {
      square('rew').fn(3)
      const { fn, seen } = square(access)
      assert.deepEqual(fn(3), { n: 3, run: 1 })
      assert.deepEqual(seen, [])
    })
  }

  for (const access of ACCESS_ORDERS.ew) {
    it(`${access}: evaluates each time, replaces its own entry and leaves the others`, () => {
      square('rew').fn(4)
      const { fn, seen } = square(access)
      assert.deepEqual(
        [fn(3), fn(3)],
        [
          { n: 3, run: 1 },
          { n: 3, run: 2 },
        ],
      )
      assert.deepEqual(seen, [3, 3])
      const reader = square('r')
      assert.deepEqual(
        [reader.fn(3), reader.fn(4)],
        [
          { n: 3, run: 2 },
          { n: 4, run: 1 },
        ],
      )
    })
  }

  it('e: evaluates each time, and does not touch the store', () => {
    square('rew').fn(3)
    const before = readdirSync(folder())
    const { fn, seen } = square('e')
    assert.deepEqual(
      [fn(3), fn(3)],
      [
        { n: 3, run: 1 },
        { n: 3, run: 2 },
      ],
    )
    assert.deepEqual(seen, [3, 3])
    assert.deepEqual(readdirSync(folder()), before)
    // Not even opened: there is no store at such a path.
    assert.equal(
      decorate(
        function direct() {
          return 1
        },
        { access: 'e', path: 'nosuch://place' },
      )(),
      1,
    )
  })

  for (const access of [...ACCESS_ORDERS.r, ...ACCESS_ORDERS.rw, ...ACCESS_ORDERS.w]) {
    it(`${access}: throws, says which flag is missing, and writes nothing`, () => {
      const { fn, seen } = square(access)
      assert.throws(() => fn(3), {
        name: 'CacheError',
        code: 'ERR_CACHE_MISS',
        message: /square\(3\).*Add "e"/,
      })
      assert.deepEqual(seen, [])
      assert.deepEqual(readdirSync(folder()), [])
    })
  }

  for (const access of [...ACCESS_ORDERS.r, ...ACCESS_ORDERS.rw]) {
    it(`${access}: recalls what is kept`, () => {
      square('rew').fn(3)
      assert.deepEqual(square(access).fn(3), { n: 3, run: 1 })
    })
  }

  it('w: throws though something is kept, and leaves it', () => {
    square('rew').fn(3)
    assert.throws(() => square('w').fn(3), { code: 'ERR_CACHE_MISS', message: /may not be read/ })
    assert.deepEqual(square('r').fn(3), { n: 3, run: 1 })
  })

  it('rejects where an async function would throw', async () => {
    const fn = decorate(async function remote() {}, { access: 'r' })
    await assert.rejects(fn(), { code: 'ERR_CACHE_MISS' })
  })
})

describe('The default store', () => {
  ownCache()

  it('is an LMDB store of at most 10 GB, from which the cheapest results go first', () => {
    decorate((n: number) => n, { name: 'f' })(1)
    const store = openStoreAt(DEFAULT_PLACE.path)
    assert.ok(store instanceof LmdbStore)
    const { maxBytes, policy } = boundsOf(store)
    assert.deepEqual([maxBytes, policy?.id], [10e9, 'cost'])
  })
})

describe('A result that is used', () => {
  ownCache()
  const clock = fakeClock()

  for (const path of ['used.lmdb', 'used.cache']) {
    it(`stays when another has to go: ${path}`, async () => {
      const f = decorate((n: number) => n, { name: 'f', path, maxEntries: 3, evict: 'lru' })
      for (const n of [1, 2, 3]) {
        f(n)
        clock.advance(2_000)
      }
      assert.equal(f(1), 1)
      clock.advance(2_000)
      f(4)
      f(5)
      assert.deepEqual([await f.has(1), await f.has(2)], [true, false])
    })
  }
})

describe('decorate', () => {
  const warned = seenWarnings()
  const folder = ownCache()

  it('takes a function, a function and options, or options first', () => {
    let runs = 0
    const count = () => ++runs
    const named = { name: 'count' }
    for (const fn of [decorate(count), decorate(count, named), decorate(named)(count), decorate()(count)]) {
      assert.equal(fn(), 1)
    }
    assert.equal(CacheDict.decorate(count)(), 1)
    assert.equal(CacheDict.decorate, decorate)
  })

  it('keeps what it is told at the path that it is told', () => {
    decorate(
      function here() {
        return 1
      },
      { path: folder('deep/er/here.cache') },
    )()
    assert.ok(existsSync(folder('deep')))
    assert.deepEqual(
      readdirSync(folder('deep/er')).filter(name => name.startsWith('here.cache')).length > 0,
      true,
    )
  })

  it('looks for the cache folder at the first call only', () => {
    const fn = decorate(function lazy() {
      return 1
    })
    assert.deepEqual(readdirSync(folder()), [])
    fn()
    assert.ok(readdirSync(folder()).length > 0)
  })

  it('decorates methods: the class and the fields of this belong to the key', () => {
    let runs = 0
    class Shape {
      side: number
      unit = 'm'
      constructor(side: number) {
        this.side = side
      }
      @decorate({ fields: ['side'] })
      area(factor: number) {
        runs += 1
        return this.side * factor
      }
      @decorate
      perimeter() {
        runs += 1
        return `${this.side * 4} ${this.unit}`
      }
    }
    const shape = new Shape(3)
    assert.deepEqual([shape.area(2), shape.area(2), new Shape(3).area(2), runs], [6, 6, 6, 1])
    shape.unit = 'km'
    assert.deepEqual([shape.area(2), runs], [6, 1])
    assert.deepEqual(
      [shape.perimeter(), new Shape(3).perimeter(), shape.perimeter(), runs],
      ['12 km', '12 m', '12 km', 3],
    )
    shape.side = 4
    assert.deepEqual([shape.area(2), runs], [8, 4])
    assert.equal(shape.area.name, 'area')
    assert.equal(shape.area.length, 1)
  })

  it('decorates private and static methods', () => {
    let runs = 0
    class Tool {
      static factor = 2
      base = 10
      @decorate
      static scale(n: number) {
        runs += 1
        // biome-ignore lint/complexity/noThisInStatic: this is what is tried
        return n * this.factor
      }
      // Compiled down, the class keeps its private names where no key can see them.
      @decorate({ fields: ['base'] })
      #secret(n: number) {
        runs += 1
        return this.base + n
      }
      reveal(n: number) {
        return this.#secret(n)
      }
    }
    assert.deepEqual([Tool.scale(3), Tool.scale(3), runs], [6, 6, 1])
    const tool = new Tool()
    assert.deepEqual([tool.reveal(1), tool.reveal(1), new Tool().reveal(1), runs], [11, 11, 11, 2])
  })

  it('tells a method of a subclass from that of its superclass', () => {
    class Animal {
      sound = 'none'
      @decorate
      speak() {
        return `${this.constructor.name} ${this.sound}`
      }
    }
    class Dog extends Animal {}
    assert.equal(new Animal().speak(), 'Animal none')
    assert.equal(new Dog().speak(), 'Dog none')
  })

  it('refuses generators, and says what to do', () => {
    assert.throws(
      () =>
        decorate(function* items() {
          yield 1
        }),
      { name: 'TypeError', message: /generator items.*\[\.\.\./ },
    )
    assert.throws(
      () =>
        decorate(async function* items() {
          yield 1
        }),
      { name: 'TypeError', message: /generator/ },
    )
  })

  it('refuses classes', () => {
    assert.throws(() => decorate(class Point {} as unknown as () => void), {
      name: 'TypeError',
      message: /class Point/,
    })
  })

  it('refuses what is no function and no options', () => {
    for (const wrong of [null, 42, 'fn', Symbol('s'), true] as unknown[]) {
      assert.throws(() => decorate(wrong as () => void), TypeError, String(wrong))
    }
    assert.throws(() => decorate({})('fn' as unknown as () => void), TypeError)
  })

  it('refuses an option that it does not know', () => {
    assert.throws(() => decorate(function a() {}, { tll: 5 } as object), {
      name: 'TypeError',
      message: /"tll".*ttl/,
    })
  })

  it('refuses to be a legacy decorator', () => {
    const descriptor = { value() {}, writable: true }
    const legacy = decorate as unknown as (
      target: object,
      key: string | symbol,
      descriptor: object,
    ) => unknown
    const factory = decorate({}) as unknown as typeof legacy
    for (const target of [class A {}.prototype, class B {}]) {
      assert.throws(() => legacy(target, 'method', descriptor), TypeError)
      assert.throws(() => legacy(target, Symbol('method'), descriptor), TypeError)
      assert.throws(() => factory(target, 'method', descriptor), TypeError)
    }
  })

  it('refuses to be put on fields, accessors and classes', () => {
    const context = (kind: string) =>
      ({ kind, name: 'x', addInitializer() {} }) as unknown as ClassMethodDecoratorContext
    for (const kind of ['getter', 'setter', 'accessor', 'class']) {
      assert.throws(() => decorate(function x() {}, context(kind)), { name: 'TypeError', message: /methods/ })
    }
    assert.throws(() => decorate(undefined as unknown as () => void, context('field')), TypeError)
  })

  it('refuses a store that answers later, for a function that cannot', () => {
    const traits = { sync: false, persistent: true, multiProcess: true, atomicBatch: true, leases: false }
    const later = {
      traits,
      get: async () => undefined,
      entries: async () => [],
      write: async () => {},
      close() {},
    }
    assert.throws(() => decorate(function now() {}, { path: later }), {
      name: 'TypeError',
      message: /now.*async/,
    })
    decorate(async function eventually() {}, { path: later })
  })

  it('wraps a function that is wrapped already', () => {
    let runs = 0
    const inner = decorate(
      function twice() {
        return ++runs
      },
      { path: 'inner' },
    )
    const outer = decorate(inner, { path: 'outer' })
    assert.deepEqual([outer(), outer(), inner(), runs], [1, 1, 1, 1])
  })

  it('wraps functions of the language and of others', () => {
    const max = decorate(Math.max)
    assert.deepEqual([max(1, 2), max(1, 2), max(3)], [2, 2, 3])
    const add = function add(this: { a: number }, b: number) {
      return this.a + b
    }.bind({ a: 1 })
    const bound = decorate(add, { name: 'add one' })
    assert.deepEqual([bound(2), bound(2)], [3, 3])
  })

  it('refuses a bound function without a name of its own: nobody sees what it is bound to', () => {
    const get = (value: number) => Map.prototype.get.bind(new Map([['a', value]]))
    assert.throws(() => decorate(get(1)), /TypeError: decorate was given bound get, a bound function/)
    assert.equal(decorate(get(1), { outerKey: 'a' })('a'), 1)
  })

  it('keeps no ignored argument on disk: it may be a secret', async () => {
    const fetched = decorate(
      function fetched(url: string, token: string) {
        return url.length + token.length
      },
      { ignore: ['token'] },
    )
    fetched('a', 'hush')
    for await (const entry of fetched.entries()) assert.deepEqual(await entry.args(), ['a'])
    const named = decorate(
      function named(token: string, url: string) {
        return url.length + token.length
      },
      { ignore: ['token'] },
    )
    named('hush', 'a')
    for await (const entry of named.entries()) assert.deepEqual(await entry.args(), [undefined, 'a'])
    assert.equal((await named.stats()).entries, 1)
  })

  it('keeps nothing of a function that reports by a callback: a hit would never call it', () => {
    const heard: number[] = []
    const double = decorate(function double(n: number, callback: (result: number) => void) {
      callback(n * 2)
    })
    double(1, result => heard.push(result))
    double(1, result => heard.push(result))
    assert.deepEqual(heard, [2, 2])
    assert.match(
      warned()
        .map(({ message }) => message)
        .join(),
      /is not kept: it gave nothing, and its last argument/,
    )
    assert.equal(warned().length, 1)
    const maps = decorate(function maps(list: number[], by: (n: number) => number) {
      return list.map(by)
    })
    assert.deepEqual(
      maps([1], n => n + 1),
      [2],
    )
  })
})

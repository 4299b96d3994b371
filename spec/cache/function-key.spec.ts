import assert from 'node:assert/strict'
import { decorate, withCache } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'

const keysIn = (path: string) => withCache(path, 'r', dict => [...dict.keys()])

describe('the key of a call', () => {
  ownCache()

  it('does not depend on how the call is written', async () => {
    const fn = decorate(function fn(a: number, b?: number, { c, d }: { c?: number; d?: number } = {}) {
      return [a, b, c, d]
    })
    const keys = await Promise.all([fn.keyOf(1), fn.keyOf(1, undefined), fn.keyOf(1, undefined, undefined)])
    assert.equal(new Set(keys).size, 1)
    assert.equal(await fn.keyOf(1, 2, { c: 3, d: 4 }), await fn.keyOf(1, 2, { d: 4, c: 3 }))
    assert.notEqual(await fn.keyOf(1), await fn.keyOf(1, 1))
  })

  it('has no room for arguments that the function cannot see, such as the index that map passes', async () => {
    let runs = 0
    const double = decorate(
      function double(n: number, by = 2) {
        runs += 1
        return n * by
      },
      { ignore: [] },
    )
    const square = decorate(
      (n: number) => {
        runs += 1
        return n * n
      },
      { name: 'square' },
    )
    assert.deepEqual([1, 2, 1].map(square), [1, 4, 1])
    assert.equal(square(2), 4)
    assert.equal(runs, 2)
    assert.notEqual(await double.keyOf(1, 3), await double.keyOf(1))
    const [gather, count] = [
      decorate(function gather(...all: number[]) {
        return all
      }),
      decorate(function count() {
        // biome-ignore lint/complexity/noArguments: what it sees is what is tried
        return arguments.length
      }),
    ]
    assert.deepEqual([gather(1, 2), gather(1), gather()], [[1, 2], [1], []])
    const countAny = count as (...args: unknown[]) => number
    assert.deepEqual([countAny(1, 2), countAny(1), countAny(1, undefined)], [2, 1, 2])
    const hypot = decorate(Math.hypot)
    assert.deepEqual([hypot(3, 4), hypot(3, 4, 12)], [5, 13])
  })

  it('tells values apart that only look alike', async () => {
    const fn = decorate(function fn(_: unknown) {
      return 1
    })
    const values = [
      1,
      '1',
      1n,
      true,
      [1],
      ['1'],
      { a: 1 },
      new Map([['a', 1]]),
      0,
      -0,
      null,
      undefined,
      Number.NaN,
      [undefined],
      [null],
      new Uint8Array([1]),
      new Int8Array([1]),
      () => 1,
      () => 2,
    ]
    assert.equal(new Set(await Promise.all(values.map(value => fn.keyOf(value)))).size, values.length)
  })

  describe('innerKey', () => {
    it('is computed from the arguments by a function', async () => {
      const fn = decorate(
        function load(url: string, _verbose: boolean) {
          return url.length
        },
        { path: 'd', innerKey: url => url },
      )
      fn('a', true)
      fn('a', false)
      fn('bc', true)
      assert.deepEqual(await keysIn('d'), ['a', 'bc'])
      assert.equal((await fn.stats()).evaluations, 2)
    })

    it('is computed by an expression over the parameters, with their defaults, and args', async () => {
      const fn = decorate(
        function heavy(n: number, { unit = 'm' }: { unit?: string } = {}) {
          return `${n} ${unit}`
        },
        { path: 'd', innerKey: '[n, unit, args.length]' },
      )
      fn(1)
      fn(1, { unit: 'km' })
      assert.deepEqual(await keysIn('d'), [
        [1, 'm', 1],
        [1, 'km', 2],
      ])
    })

    it('may be any structure, and see this', async () => {
      const object = {
        base: 1,
        fn: decorate(
          function fn(this: { base: number }, n: number) {
            return this.base + n
          },
          { path: 'd', innerKey: '({ base: this.base, n })' },
        ),
      }
      assert.equal(object.fn(2), 3)
      assert.deepEqual(await keysIn('d'), [{ base: 1, n: 2 }])
    })

    it('is refused at decoration where it is no expression over the parameters', () => {
      const fn = (n: number) => n
      for (const innerKey of ['n +', 'n; m', 'unknown + 1', '']) {
        assert.throws(() => decorate(fn, { innerKey }), { name: 'TypeError', message: /innerKey/ })
      }
      assert.throws(() => decorate(fn, { innerKey: 7 as unknown as string }), TypeError)
    })

    it('passes its own errors on', () => {
      const fn = decorate((n: number) => n, {
        innerKey: () => {
          throw new RangeError('mine')
        },
      })
      assert.throws(() => fn(1), { name: 'RangeError', message: 'mine' })
    })
  })

  describe('outerKey', () => {
    it('is one for every call', async () => {
      const fn = decorate((n: number) => n, { path: 'd', outerKey: { stage: 'load' } })
      assert.deepEqual([fn(1), fn(2)], [1, 1])
      assert.deepEqual(await keysIn('d'), [{ stage: 'load' }])
    })

    it('may be null, 0, false or the empty string', () => {
      for (const outerKey of [null, 0, false, '']) {
        const fn = decorate((n: number) => n, { path: `d ${String(outerKey)}`, outerKey })
        assert.deepEqual([fn(1), fn(2)], [1, 1])
      }
    })

    it('is refused together with innerKey', () => {
      assert.throws(() => decorate((n: number) => n, { outerKey: 1, innerKey: 'n' }), {
        name: 'TypeError',
        message: /both/,
      })
    })
  })

  describe('name', () => {
    it('is needed where there is no key', () => {
      assert.throws(
        () =>
          decorate(
            (
              () => () =>
                1
            )(),
          ),
        { name: 'TypeError', message: /name: "load"/ },
      )
      decorate(
        (
          () => () =>
            1
        )(),
        { name: 'load' },
      )
      decorate(
        (
          () => () =>
            1
        )(),
        { outerKey: 'k' },
      )
      assert.throws(() => decorate(() => 1, { name: '' }), TypeError)
    })

    it('tells functions apart, wherever they are defined', () => {
      let runs = 0
      const make = (name: string) => decorate(() => ++runs, { name })
      assert.deepEqual([make('a')(), make('b')(), make('a')()], [1, 2, 1])
    })
  })

  describe('ignore', () => {
    it('leaves out parameters by name, destructured ones too', () => {
      let runs = 0
      const fn = decorate(
        function fn(
          _n: number,
          _verbose: boolean,
          { seed: _seed, log: _log }: { seed: number; log?: unknown },
        ) {
          return ++runs
        },
        { ignore: ['_verbose', 'log'] },
      )
      assert.deepEqual(
        [fn(1, true, { seed: 1 }), fn(1, false, { seed: 1, log: new WeakMap() }), fn(1, true, { seed: 2 })],
        [1, 1, 2],
      )
    })

    it('is refused for a name that the function does not have', () => {
      assert.throws(() => decorate(function fn(_a: number) {}, { ignore: ['b'] }), {
        name: 'TypeError',
        message: /"b".*_a/,
      })
    })
  })

  it('belongs to the class of this, and to those of its fields that are named', () => {
    let runs = 0
    const read = decorate(
      function read(this: object) {
        return ++runs
      },
      { fields: ['a'] },
    )
    class One {
      a = 1
      b = 1
      read = read
    }
    class Two {
      a = 1
      b = 1
      read = read
    }
    assert.equal(new One().read(), 1)
    assert.equal(Object.assign(new One(), { b: 2 }).read(), 1)
    assert.equal(new Two().read(), 2)
    assert.equal(Object.assign(new One(), { a: 2 }).read(), 3)
  })

  it('asks nothing of an object that the function never looks at', () => {
    let runs = 0
    const fn = decorate(function fn(n: number) {
      runs += 1
      return n
    })
    const holder = { fn, socket: new WeakMap() }
    assert.deepEqual([holder.fn(1), fn(1), runs], [1, 1, 1])
  })
})

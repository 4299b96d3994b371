import assert from 'node:assert/strict'
import { type Codec, decorate, NoCache } from 'cachedict'
import { recall } from '../../lib/cache/recall.ts'
import { storeShelf } from '../../lib/cache/store-shelf.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { callOf, PROGRAM } from '../support/calls.ts'
import { versionOfCode } from '../support/entries.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'
import { valuePart } from '../support/parts.ts'
import { seenEvents } from '../support/seen-events.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('keeping', () => {
  ownCache()
  const warnings = seenWarnings()
  const seen = seenEvents()

  describe('keepIf', () => {
    it('decides from the value and the arguments what is kept; it is returned either way', async () => {
      let runs = 0
      const keepIf = (value: number, n: number) => value > 2 && n < 100
      const fn = decorate(
        function fn(n: number) {
          runs += 1
          return n
        },
        { keepIf },
      )
      assert.deepEqual([fn(1), fn(1), fn(3), fn(3), fn(100), fn(100)], [1, 1, 3, 3, 100, 100])
      assert.equal(runs, 5)
      const later = decorate(
        async function later(n: number) {
          runs += 1
          return n
        },
        { keepIf },
      )
      assert.deepEqual([await later(1), await later(3), await later(3)], [1, 3, 3])
      assert.equal(runs, 7)
    })

    it('is a warning where it throws, and an error with strict', () => {
      const keepIf = () => {
        throw new Error('bad predicate')
      }
      const fn = decorate(
        function keepIfThrows() {
          return 1
        },
        { keepIf },
      )
      assert.equal(fn(), 1)
      assert.match(warnings()[0]!.message, /keepIfThrows\(\).*bad predicate/)
      assert.throws(() => fn.with({ strict: true })(), /bad predicate/)
    })

    it('is not asked about NoCache', () => {
      const fn = decorate(
        function fn(): unknown {
          return NoCache
        },
        { keepIf: () => assert.fail() },
      )
      assert.equal(fn(), NoCache)
    })
  })

  describe('a result that cannot be kept', () => {
    const socket = () => ({ items: [{ open() {} }] })

    it('reaches the caller as it is, with one warning that names the place', async () => {
      let runs = 0
      const fn = decorate(function unencodable() {
        runs += 1
        return socket()
      })
      const later = decorate(async function unencodableLater() {
        return socket()
      })
      assert.equal(typeof fn().items[0]?.open, 'function')
      fn()
      await later()
      assert.equal(runs, 2)
      assert.deepEqual(
        warnings().map(({ code }) => code),
        ['ERR_CACHE_UNENCODABLE', 'ERR_CACHE_UNENCODABLE'],
      )
      assert.match(warnings()[0]!.message, /unencodable\(\) is not kept.*items\[0\]\.open/)
      assert.equal(seen.of('degraded').length, 3)
      assert.equal(await fn.has(), false)
    })

    it('is an error with strict', async () => {
      const strict = true
      assert.throws(
        decorate(
          function fn() {
            return socket()
          },
          { strict },
        ),
        { code: 'ERR_CACHE_UNENCODABLE' },
      )
      await assert.rejects(
        decorate(
          async function fn() {
            return socket()
          },
          { strict },
        ),
        { code: 'ERR_CACHE_UNENCODABLE' },
      )
    })
  })

  describe('a call that changes what it is called with', () => {
    it('is not kept, which a warning says once', async () => {
      const fill = decorate(function fill(list: number[]) {
        list.push(1)
        return list.length
      })
      const fillLater = decorate(async function fillLater({ list }: { list: number[] }) {
        list.push(1)
        return list.length
      })
      for (const expected of [1, 1, 1]) {
        const list: number[] = []
        assert.deepEqual([fill(list), list.length], [expected, 1])
        const later: number[] = []
        assert.deepEqual([await fillLater({ list: later }), later.length], [expected, 1])
      }
      assert.deepEqual(
        warnings().map(({ message }) => /fill\w*/.exec(message)?.[0]),
        ['fill', 'fillLater'],
      )
      assert.match(warnings()[0]!.message, /is not kept: the call changed what it was called with/)
      assert.equal(await fill.has([]), false)
    })

    it('is kept where that does not count, and where a key of its own says what does', () => {
      let runs = 0
      const count = (name: string, options: object) =>
        decorate(
          function fn(list: number[], _n: number) {
            runs += 1
            list.push(1)
            return list.length
          },
          { name, ...options },
        )
      for (const fn of [
        count('ignored', { ignore: ['list'] }),
        count('inner', { innerKey: '_n' }),
        count('outer', { outerKey: 'k' }),
      ])
        for (let n = 0; n < 2; n += 1) fn([], 7)
      assert.equal(runs, 3)
      assert.deepEqual(warnings(), [])
    })

    it('is not kept either where it throws, or leaves something that has no key', () => {
      const spoil = decorate(
        function spoil(list: unknown[]) {
          list.push(Promise.resolve())
          throw new Error('no')
        },
        { errors: true },
      )
      for (let n = 0; n < 2; n += 1) {
        const list: unknown[] = []
        assert.throws(() => spoil(list), /no/)
        assert.equal(list.length, 1)
      }
    })

    it('reaches the caller where that has no key any more', () => {
      const tag = decorate(function tag(target: { mark?: unknown }) {
        target.mark = new WeakMap()
        return 1
      })
      assert.equal(tag({}), 1)
      assert.match(warnings()[0]!.message, /is not kept: the call changed what it was called with/)
    })
  })

  it('keeps what the code was made of, unless that was read again since, and is another', () => {
    const program = (code: string) => ({
      ...PROGRAM,
      reading: () => ({ code, findings: [], parts: () => [valuePart('area > N', '5')] }),
    })
    const keysAfter = (code: string) => {
      const store = new MemoryStore()
      recall(storeShelf(store), callOf({ program: program(code) }))
      return [...store.entries()].map(([key]) => key)
    }
    assert.deepEqual(keysAfter('one'), ['d"key', 'm:area:one', 'm:area:'])
    assert.deepEqual(keysAfter('two'), ['d"key'])
  })

  describe('values that evaluating changes', () => {
    it('are not compared from then on', () => {
      const program = (values: readonly string[], changed: readonly number[] = []) => ({
        code: () => versionOfCode('one', values),
        program: { ...PROGRAM, watch: () => () => changed.map(index => ({ index, paths: undefined })) },
      })
      const shelf = storeShelf(new MemoryStore())
      let runs = 0
      const evaluate = () => ++runs
      const call = (values: readonly string[], changed?: readonly number[]) =>
        recall(shelf, callOf({ ...program(values, changed), evaluate }))
      assert.deepEqual([call(['a', 'b'], [1]), call(['a', 'x']), call(['y', 'x'])], [1, 1, 2])
      // What was volatile under the same code stays so, in what replaces it too.
      assert.deepEqual([call(['y', 'z']), call(['a', 'z'])], [2, 1])
      // Back to the first: it lies beside the other.
      assert.deepEqual([call(['a', 'b']), call(['a'])], [1, 3])
    })
  })

  describe('errors', () => {
    const clock = fakeClock()

    class Refused extends Error {
      override name = 'Refused'
    }

    it('are kept with errors: true, and thrown again with all that they carry', async () => {
      let runs = 0
      const thrown = () => Object.assign(new TypeError('no', { cause: [1] }), { code: 'E_NO' })
      const fn = decorate(
        function fn() {
          runs += 1
          throw thrown()
        },
        { errors: true },
      )
      const later = decorate(
        async function later() {
          runs += 1
          throw thrown()
        },
        { errors: true },
      )
      for (let call = 0; call < 2; call += 1) {
        assert.throws(fn, { name: 'TypeError', message: 'no', code: 'E_NO', cause: [1] })
        const promise = later()
        await assert.rejects(promise, TypeError)
      }
      assert.equal(runs, 2)
      assert.equal((await fn.why()).hit, true)
      assert.equal(await fn.peek(), NoCache)
    })

    it('are kept where a function says so', () => {
      let runs = 0
      const fn = decorate(
        function fn(message: string): void {
          runs += 1
          throw new Error(message)
        },
        { errors: error => (error as Error).message === 'for good' },
      )
      for (const message of ['for good', 'for good', 'for now', 'for now'])
        assert.throws(() => fn(message), { message })
      assert.equal(runs, 3)
    })

    it('do not count once they are not asked for, and a success replaces them', async () => {
      let fails = true
      const fn = decorate(
        function fn() {
          if (fails) throw new Error('no')
          return 1
        },
        // What it captures is changed on purpose.
        { errors: true, code: 'own' },
      )
      assert.throws(fn)
      fails = false
      assert.throws(fn)
      const unkept = fn.with({ errors: false })
      assert.equal((await unkept.why()).because, 'rejected')
      assert.equal(unkept(), 1)
      assert.equal(fn(), 1)
    })

    it('expire by errorTtl, else by ttl', async () => {
      const fn = decorate(
        function fn(): void {
          throw new Error('no')
        },
        { errors: true, ttl: '1h', errorTtl: '1m' },
      )
      assert.throws(fn)
      clock.advance(59_999)
      assert.equal(await fn.has(), true)
      clock.advance(1)
      assert.equal((await fn.why()).because, 'expired')
      const byTtl = decorate(
        function byTtl(): void {
          throw new Error('no')
        },
        { errors: true, ttl: '1m' },
      )
      assert.throws(byTtl)
      clock.advance(60_000)
      assert.equal(await byTtl.has(), false)
    })

    it('that cannot be kept reach the caller as they are', () => {
      const mine = Object.assign(new Refused('no'), { socket: () => {} })
      const fn = decorate(
        function unkeepableError() {
          throw mine
        },
        { errors: true, strict: true },
      )
      for (let call = 0; call < 2; call += 1) assert.throws(fn, error => error === mine)
      assert.equal(warnings().length, 1)
    })
  })

  describe('a codec', () => {
    const json: Codec = {
      id: 'json',
      encode: value => Buffer.from(JSON.stringify(value)),
      decode: bytes => JSON.parse(Buffer.from(bytes).toString()),
    }

    it('makes the bytes, and the value that the caller gets, the first time too', () => {
      const fn = decorate(
        function fn() {
          return { at: new Date(0) as unknown }
        },
        { codec: json },
      )
      assert.deepEqual([fn(), fn()], [{ at: '1970-01-01T00:00:00.000Z' }, { at: '1970-01-01T00:00:00.000Z' }])
    })

    it('of another id does not read what this one wrote: a warning, and another evaluation', async () => {
      let runs = 0
      const fn = decorate(
        function recoded() {
          return ++runs
        },
        { codec: json },
      )
      fn()
      const other = fn.with({ codec: { ...json, id: 'other' } })
      assert.equal((await other.why()).because, 'rejected')
      assert.equal(other(), 2)
      assert.match(warnings()[0]!.message, /"json".*"other"/)
    })

    it('that cannot read what it wrote does not stand between the caller and the result', () => {
      const broken: Codec = {
        ...json,
        id: 'broken',
        decode: () => {
          throw new Error('cannot decode')
        },
      }
      const fn = decorate(
        function brokenCodec() {
          return { n: 1 }
        },
        { codec: broken },
      )
      assert.deepEqual([fn(), fn()], [{ n: 1 }, { n: 1 }])
      assert.ok(warnings().length > 0)
      assert.throws(() => fn.with({ strict: true })(), /cannot decode/)
    })

    it('is refused where it is none', () => {
      for (const codec of [{}, { id: '', encode() {}, decode() {} }, { id: 'x' }, 'json'])
        assert.throws(() => decorate(function fn() {}, { codec: codec as Codec }), TypeError)
    })
  })
})

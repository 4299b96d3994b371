import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { isCacheError } from '../../lib/base/errors.ts'
import { callKey } from '../../lib/keys/call-key.ts'
import { digest } from '../../lib/keys/canonical.ts'
import type { Policy } from '../../lib/keys/policy.ts'
import { Refusal } from '../../lib/keys/refusal.ts'
import { lenient, strict } from './policies.ts'

const named = (name: string, source = '() => 1') =>
  Object.defineProperty(new Function(`return ${source}`)(), 'name', { value: name })

describe('A policy', () => {
  it('says what functions and classes count by, and nothing else of them does', () => {
    const of = (value: unknown) => digest(value, { policy: strict() })
    assert.equal(of(named('a', '() => 1')), of(named('a', '() => 2')))
    assert.notEqual(of(named('a')), of(named('b')))
    assert.equal(of(Object.assign(named('a'), { own: 1 })), of(named('a')))
    assert.equal(of(named('A', 'class extends Map {}')), of(named('A', 'class {}')))
    assert.notEqual(of(named('a')), of('a'))
    assert.notEqual(of(named('a')), digest(named('a')))
  })

  it('tells numbers from digests', () => {
    const of = (atom: string | number) =>
      digest([named('a')], { policy: strict({ functionAtom: () => atom }) })
    assert.equal(new Set([of(1), of('1'), of(2)]).size, 3)
  })

  it('is asked for the classes of instances, and for no others', () => {
    const asked: unknown[] = []
    const Base = class Base {}
    const Derived = class Derived extends Base {}
    const policy = strict({ functionAtom: fn => asked.push(fn) })
    digest([new Derived(), new Map(), {}, [], new Date(0)], { policy })
    assert.deepEqual(asked, [Derived, Base])
  })

  it('tells instances apart by the atoms of their classes', () => {
    const of = (source: string, atom: string) => {
      const Class = new Function(`return ${source}`)()
      return digest(new Class(), { policy: strict({ functionAtom: () => atom }) })
    }
    assert.equal(of('class A {}', 'x'), of('class A { m() {} }', 'x'))
    assert.notEqual(of('class A {}', 'x'), of('class A {}', 'y'))
    assert.notEqual(of('class A {}', 'x'), of('class B {}', 'x'))
    assert.notEqual(of('class A {}', 'x'), of('class A extends Map {}', 'x'))
    assert.notEqual(of('class A {}', 'x'), of('class A extends (class {}) {}', 'x'))
  })

  it('changes nothing for plain data', () => {
    const value = { a: [1, new Map([['b', new Set([2])]])], c: new Date(0), d: new URL('http://a'), e: /x/ }
    for (const policy of [strict(), lenient()]) assert.equal(digest(value, { policy }), digest(value))
  })

  it('decides over accessors, which are not run', () => {
    const withGetter = (get: () => unknown, on: object = {}) =>
      Object.defineProperty(on, 0, { get, enumerable: true })
    const run = () => assert.fail('was run')
    const one = Object.defineProperty(() => run(), 'name', { value: 'one' })
    const other = Object.defineProperty(() => run(), 'name', { value: 'other' })
    const of = (value: unknown) => digest(value, { policy: lenient() })
    for (const make of [(): object => ({}), (): object => [0, 1], (): object => Object.create({ a: 1 })]) {
      assert.equal(of(withGetter(one, make())), of(withGetter(one, make())))
      assert.notEqual(of(withGetter(one, make())), of(withGetter(other, make())))
      assert.throws(() => digest(withGetter(one, make()), { policy: strict() }), /an accessor is code to run/)
    }
    assert.notEqual(of({ get a() { return 1 } }), of({ set a(_: unknown) {} })) // biome-ignore format: one line
    const setter = (set: () => void) => Object.defineProperty({}, 'a', { set, enumerable: true })
    assert.notEqual(of(setter(one)), of(setter(other)))
    const error = (message: () => string) => Object.defineProperty(new Error(), 'message', { get: message })
    assert.notEqual(of(error(one as never)), of(error(other as never)))
  })

  it('refuses, with the path, what has no atom', () => {
    const policy = strict({
      functionAtom: () => {
        throw new Refusal('bound function')
      },
    })
    assert.throws(
      () => digest({ a: [() => 1] }, { policy }),
      error => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && error.details.path === 'key.a[0]',
    )
  })

  it('still refuses a Proxy, also of a function, and looks into none', () => {
    const trap = () => assert.fail('was run')
    const handler = new Proxy({}, { get: trap })
    for (const target of [{}, () => 1]) {
      const policy = strict({ functionAtom: trap, leftOutOf: trap })
      assert.throws(() => digest(new Proxy(target, handler), { policy }), /a Proxy has no stable identity/)
    }
  })

  it('holds within values that contain themselves', () => {
    const cyclic = (fn: unknown, left: unknown) => {
      const value: Record<string, unknown> = { fn, left }
      value.self = [value]
      return value
    }
    const policy = () => lenient({ leftOutOf: object => ('self' in object ? new Set(['left']) : undefined) })
    const of = (value: unknown) => digest(value, { policy: policy() })
    assert.equal(of(cyclic(named('a'), 1)), of(cyclic(named('a', '() => 2'), 2)))
    assert.notEqual(of(cyclic(named('a'), 1)), of(cyclic(named('b'), 1)))
    const telling = policy()
    digest(cyclic(1, 2), { policy: telling })
    assert.deepEqual(telling.told, [{ kind: 'left-out', path: '.left', type: 'Object' }])
  })

  it('holds for receivers and arguments of calls', () => {
    const policy = strict()
    class A { m() { return 1 } } // biome-ignore format: one line
    const B = { A: class A { m() { return 2 } } }.A // biome-ignore format: one line
    const key = (value: unknown, fields?: readonly string[]) =>
      callKey({ name: 'f', receiver: fields === undefined ? { value } : { value, fields }, args: [] }, policy)
    assert.equal(key(new A()), key(new B()))
    assert.equal(key(new A(), ['x']), key(new B(), ['x']))
    assert.equal(key(A, ['x']), key(B, ['x']))
    const withAtom = (value: unknown, atom: string) =>
      callKey({ name: 'f', receiver: { value, fields: [] }, args: [] }, strict({ functionAtom: () => atom }))
    for (const value of [A, new A(), new (class Bus extends EventEmitter {})()])
      assert.notEqual(withAtom(value, 'x'), withAtom(value, 'y'))
    assert.notEqual(key(new A(), ['x']), callKey({ name: 'f', receiver: { value: new A(), fields: ['x'] }, args: [] })) // biome-ignore format: one line
    const args = (fn: unknown) => callKey({ name: 'f', args: [fn, 1] }, policy)
    assert.equal(args(named('a', '() => 1')), args(named('a', '() => 2')))
    assert.notEqual(args(named('a')), args(named('b')))
  })
})

describe('What is left out', () => {
  it('does not count, whole or by property, and is told with its path', () => {
    const counter = { n: 1, kept: 1 }
    const log: unknown[] = [1]
    const policy = lenient({
      leftOutOf: object => (object === counter ? new Set(['n']) : object === log ? 'all' : undefined),
    })
    const value = { list: [counter], log }
    const before = digest(value, { policy })
    assert.deepEqual(policy.told, [
      { kind: 'left-out', path: '.list[0].n', type: 'Object' },
      { kind: 'left-out', path: '.log', type: 'Array' },
    ])
    counter.n++
    log.push(2)
    assert.equal(digest(value, { policy }), before)
    Reflect.deleteProperty(counter, 'n')
    assert.equal(digest(value, { policy }), before)
    counter.kept++
    assert.notEqual(digest(value, { policy }), before)
  })

  it('may be a private field', () => {
    class Counter {
      #n: number
      step: number
      constructor(n: number, step: number) {
        this.#n = n
        this.step = step
      }
      next(): number {
        return this.#n++
      }
    }
    const of = (value: unknown) => digest(value, { policy: lenient({ leftOutOf: () => new Set(['#n']) }) })
    assert.equal(of(new Counter(1, 1)), of(new Counter(2, 1)))
    assert.notEqual(of(new Counter(1, 1)), of(new Counter(1, 2)))
  })

  it('is an array as a whole: its elements have no names', () => {
    const of = (value: unknown) => digest(value, { policy: lenient({ leftOutOf: () => new Set(['0']) }) })
    assert.equal(of([1, 2]), of([1, 3]))
  })

  it('may be a property that is no field', () => {
    const of = (value: unknown, name: string) =>
      digest(value, { policy: lenient({ leftOutOf: () => new Set([name]) }) })
    const at = (lastIndex: number, source = 'a') => Object.assign(new RegExp(source, 'g'), { lastIndex })
    assert.equal(of(at(0), 'lastIndex'), of(at(1), 'lastIndex'))
    assert.notEqual(of(at(0), 'lastIndex'), of(at(0, 'b'), 'lastIndex'))
    assert.notEqual(of(at(0), 'x'), of(at(1), 'x'))
    assert.equal(of(new Error('a'), 'message'), of(new Error('b'), 'message'))
    assert.notEqual(of(new Error('a'), 'message'), of(new TypeError('a'), 'message'))
  })

  it('counts after all where it is frozen', () => {
    const policy = lenient({ leftOutOf: () => 'all' })
    const of = (value: unknown) => digest(value, { policy })
    assert.notEqual(of(Object.freeze({ a: 1 })), of(Object.freeze({ a: 2 })))
    assert.notEqual(of(Object.freeze([1])), of(Object.freeze([2])))
    assert.deepEqual(policy.told, [])
    assert.equal(of(Object.freeze(new Map([[1, 1]]))), of(Object.freeze(new Map([[1, 2]]))))
  })

  it('is asked for once per object, where nothing has to be tried', () => {
    const asked: unknown[] = []
    const leftOutOf = (object: object) => void asked.push(object)
    const inner = {}
    const value = [inner]
    for (const policy of [lenient({ leftOutOf }), strict({ leftOutOf })]) {
      digest(value, { policy })
      assert.deepEqual(asked.splice(0), [value, inner])
    }
  })
})

describe('A policy for captured values', () => {
  const of = (value: unknown, more: Partial<Policy> = { hidden: true }) =>
    digest(value, { policy: lenient(more) })
  const hidden = (object: object, value: unknown, name: PropertyKey = 'k') =>
    Object.defineProperty(object, name, { value })

  it('counts properties that are not enumerable, where it says so', () => {
    class Point {}
    for (const make of [
      () => ({}),
      () => new Point(),
      () => Object.create(null),
      () => new Map(),
      () => /a/,
    ]) {
      for (const name of ['k', Symbol('k')]) {
        assert.equal(of(hidden(make(), 1, name)), of(hidden(make(), 1, name)))
        assert.notEqual(of(hidden(make(), 1, name)), of(hidden(make(), 2, name)))
        assert.equal(of(hidden(make(), 1, name), {}), of(hidden(make(), 2, name), {}))
      }
    }
    assert.notEqual(of(Object.create(hidden({}, 1))), of(Object.create(hidden({}, 2))))
  })

  it('gives data without them the same bytes, and parts of the language their names', () => {
    for (const value of [{ a: 1 }, [1], new Map([[1, 2]]), Math, Object.prototype, new Error('a'), 'a'])
      assert.equal(of(value), of(value, {}), String(value))
  })

  it('counts no names of classes, where it says so', () => {
    const make = (name: string) => new (named(name, 'class { a = 1 }'))()
    const functionAtom = () => 0
    assert.notEqual(of(make('A'), { functionAtom }), of(make('B'), { functionAtom }))
    assert.equal(
      of(make('A'), { functionAtom, classNames: false }),
      of(make('B'), { functionAtom, classNames: false }),
    )
    const tool = (name: string) => Object.assign(make(name), { promise: Promise.resolve() })
    assert.notEqual(of(tool('A'), { functionAtom }), of(tool('B'), { functionAtom }))
    assert.equal(
      of(tool('A'), { functionAtom, classNames: false }),
      of(tool('B'), { functionAtom, classNames: false }),
    )
    assert.notEqual(of(Promise.resolve(), { classNames: false }), of(new WeakMap(), { classNames: false }))
  })

  it('says what lies inside of a Proxy, which may hold itself', () => {
    const proxies = new Map<object, { target: object; handler: object }>()
    const make = (target: object, handler: Record<string, unknown> = {}) => {
      const proxy = new Proxy(target, handler)
      proxies.set(proxy, { target, handler })
      return proxy
    }
    const insideOf = (proxy: object) => proxies.get(proxy)
    assert.equal(of([make({ a: 1 })], { insideOf }), of([make({ a: 1 })], { insideOf }))
    assert.notEqual(of([make({ a: 1 })], { insideOf }), of([make({ a: 2 })], { insideOf }))
    assert.notEqual(of([make({ a: 1 })], { insideOf }), of([make({ a: 1 }, { b: 1 })], { insideOf }))
    assert.notEqual(of([make({ a: 1 })], { insideOf }), of([{ a: 1 }], { insideOf }))
    const handler: Record<string, unknown> = {}
    handler.self = make({}, handler)
    assert.equal(typeof of(handler, { insideOf }), 'string')
    const { told, ...policy } = lenient({ insideOf })
    digest([new Proxy({}, {})], { policy })
    assert.deepEqual(told, [{ kind: 'opaque', path: '[0]', type: 'Proxy' }])
  })
})

import assert from 'node:assert/strict'
import { Inspector } from '../../lib/base/inspector.ts'
import { CapturedValues } from '../../lib/fingerprint/captured-values.ts'
import { LeftOut } from '../../lib/fingerprint/left-out.ts'
import { findingsOf, fingerprintOf, tells } from '../support/fingerprint-of.ts'

/** The text for a value. */
function textOf(value: unknown, leftOut = new LeftOut()): string {
  const text = Inspector.with(inspector => {
    const numbers = new Map<unknown, number>()
    const numberOf = (fn: unknown) => numbers.get(fn) ?? numbers.set(fn, numbers.size).size - 1
    return new CapturedValues({ inspector, leftOut, numberOf, note: () => {} }).digestOf(value, 'x')
  })
  assert.ok(text !== undefined)
  return text
}

const told = (program: string, from: string, to: string) =>
  assert.equal(tells(program, from, to), true, program)
const same = (program: string, from: string, to: string) =>
  assert.equal(tells(program, from, to), false, program)

import { readCode } from '../../lib/fingerprint/read-code.ts'

describe('A captured value', () => {
  it('is a number or a boolean as it is, and of a string its length and digest', () => {
    assert.deepEqual(
      [1, -0, 0, Number.NaN, true, null, undefined, 3n].map(value => textOf(value)),
      ['1', '-0', '0', 'NaN', 'true', 'null', 'undefined', '3n'],
    )
    assert.match(textOf('secret'), /^s6:[\da-f]{20}$/)
    assert.notEqual(textOf('a'), textOf('b'))
    assert.notEqual(textOf('\ud800'), textOf('\udfff'))
    assert.notEqual(textOf(Symbol('a')), textOf(Symbol.for('a')))
  })

  it('has a text without spaces, equal for equal content', () => {
    for (const value of [
      'a b',
      { a: 1 },
      [1],
      new Map([[1, { b: 2 }]]),
      () => 1,
      new Proxy({}, {}),
      Promise.resolve(),
    ]) {
      assert.doesNotMatch(textOf(value), /\s/)
    }
    assert.equal(textOf({ a: 1, b: [2] }), textOf({ b: [2], a: 1 }))
    assert.notEqual(textOf({ a: 1 }), textOf({ a: 2 }))
  })

  it('is one word where the program changes it', () => {
    const [leftOut, list] = [new LeftOut(), [1]]
    leftOut.addObject(list)
    assert.equal(textOf(list, leftOut), 'changes')
  })

  it('counts with what is hidden in it', () => {
    const hidden = (value: number) => Object.defineProperty({}, 'k', { value })
    assert.notEqual(textOf(hidden(1)), textOf(hidden(2)))
    told("const o = {}; Object.defineProperty(o, 'f', { get: () => 1 }); return () => o.f", '=> 1', '=> 2')
    told(
      'const o = {}; Object.defineProperty(o, Symbol.iterator, { *value() { yield 1 } }); return () => [...o]',
      'yield 1',
      'yield 2',
    )
    told(
      'class A { constructor() { Object.defineProperty(this, "k", { value: 1 }) } } const a = new A(); return () => a.k',
      'value: 1',
      'value: 2',
    )
  })

  it('counts by the class of an instance, and not by the name of that', () => {
    same(
      'class A { k = 1 } const a = new A(); return () => a.k',
      'class A { k = 1 } const a = new A()',
      'class B { k = 1 } const a = new B()',
    )
    told('class A { m() { return 1 } } const a = new A(); return () => a.m()', 'return 1', 'return 2')
  })

  it('does not depend on the order in which Maps and Sets were filled', () => {
    same(
      "const m = new Map([['a', () => 1], ['b', () => 2]]); return () => m",
      "['a', () => 1], ['b', () => 2]",
      "['b', () => 2], ['a', () => 1]",
    )
    same('const m = new Set([() => 1, () => 2]); return () => m', '[() => 1, () => 2]', '[() => 2, () => 1]')
    told(
      "const m = new Map([['a', () => 1], ['b', () => 2]]); return () => m",
      "['a', () => 1], ['b', () => 2]",
      "['a', () => 2], ['b', () => 1]",
    )
  })

  it('is seen through a Proxy, wherever that lies, whose handler counts too', () => {
    for (const proxy of [
      'const p = new Proxy({ k: 1 }, { get: (o, n) => o[n] + 5 })',
      'const p = [{ a: new Proxy({ k: 1 }, { get: (o, n) => o[n] + 5 }) }]',
    ]) {
      told(`${proxy}; return () => p`, 'k: 1', 'k: 2')
      told(`${proxy}; return () => p`, '+ 5', '+ 6')
    }
    told('const p = new Proxy(() => 1, {}); return () => p()', '=> 1', '=> 2')
    told('return new Proxy(() => 1, {})', '=> 1', '=> 2')
  })

  it('that cannot be looked into is said to be so', () => {
    const revoked = 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke();'
    assert.deepEqual(findingsOf(`${revoked} return () => proxy`), ['opaque the function > proxy'])
    assert.deepEqual(findingsOf(`${revoked} const o = [proxy]; return () => o`), [
      'opaque the function > o[0]',
    ])
    assert.deepEqual(findingsOf('const w = new WeakRef({}); return () => w.deref()'), [
      'opaque the function > w',
    ])
    assert.deepEqual(findingsOf('const p = { p: new Promise(() => {}) }; return () => p'), [
      'handle the function > p.p',
    ])
    const detached = 'const b = new ArrayBuffer(8); structuredClone(b, { transfer: [b] });'
    assert.deepEqual(findingsOf(`${detached} return () => b`), ['opaque the function > b'])
  })

  it('is read without running anything of it', () => {
    const bomb = () => {
      throw new Error('ran')
    }
    const o = {
      toJSON: bomb,
      toString: bomb,
      textOf: bomb,
      [Symbol.toPrimitive]: bomb,
      [Symbol.iterator]: bomb,
    }
    for (const name of [
      'x',
      'then',
      'constructor',
      '__esModule',
      'default',
      Symbol.toStringTag,
      Symbol.for('cachedict.content'),
      Symbol.for('cachedict.original'),
    ])
      Object.defineProperty(o, name, { get: bomb, enumerable: true })
    fingerprintOf('return () => o', { o })
    fingerprintOf('return () => o.x', { o: Object.create(o) })
  })

  it('counts a promise by what it has come to, alone and in a list', async () => {
    const waiting = new Promise<number>(() => {})
    const failed = Promise.reject(new Error('no'))
    failed.catch(() => {})
    const [five, six] = [Promise.resolve(5), Promise.resolve({ n: 6 })]
    const valuesOf = (fn: () => unknown) => readCode(fn, 'deep').values
    assert.deepEqual(
      valuesOf(async () => five),
      ['fulfilled(5)'],
    )
    assert.deepEqual(
      valuesOf(async () => waiting),
      ['pending'],
    )
    assert.match(valuesOf(async () => failed)[0] ?? '', /^rejected\(#/)
    const list = [five, six, waiting]
    assert.match(
      valuesOf(async () => Promise.all(list))[0] ?? '',
      /^\[fulfilled\(5\),fulfilled\(#\w+\),pending\]$/,
    )
  })

  it('counts a settled promise that lies in an object by what it has come to', () => {
    const textOf = (held: unknown) => readCode(() => held, 'deep').values[0]
    const holding = (n: number) => ({ list: new Map([['k', [Promise.resolve(n)]]]) })
    assert.equal(textOf(holding(1)), textOf(holding(1)))
    assert.notEqual(textOf(holding(1)), textOf(holding(2)))
    const circle: Record<string, unknown> = {}
    circle.self = Promise.resolve(circle)
    assert.match(textOf(circle) ?? '', /^#/)
    const pending = readCode(() => circle, 'deep').findings
    assert.deepEqual(pending, [])
  })

  it('may be a list of promises that lies in itself', () => {
    const list: unknown[] = [Promise.resolve(1)]
    list.push(list)
    assert.equal(textOf(list), '[fulfilled(1),itself]')
  })

  it('says what a promise that was waited for has come to', async () => {
    let settle = (_: number) => {}
    const later = new Promise<number>(resolve => {
      settle = resolve
    })
    const changes = readCode(async () => later, 'deep').watch()
    settle(7)
    assert.deepEqual(changes(), [{ index: 0, paths: undefined, settled: 'fulfilled(7)' }])
  })

  it('takes no time for the elements of a large typed array', () => {
    const table = new Float64Array(1e6)
    const startedMs = performance.now()
    readCode(() => table, 'deep').watch()()
    // Listing them takes a second and more.
    assert.ok(performance.now() - startedMs < 400)
  })
})

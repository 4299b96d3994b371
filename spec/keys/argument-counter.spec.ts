import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isCacheError } from '../../lib/base/errors.ts'
import { argumentCounter } from '../../lib/keys/argument-counter.ts'
import { callKey } from '../../lib/keys/call-key.ts'
import { digest } from '../../lib/keys/canonical.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'
import { anyArguments, anySignature, build, clearSignature, fittingArguments } from './random-parameters.ts'

const run = (source: string): AnyFunction => new Function(`return ${source}`)()
const keyOf = (fn: AnyFunction, args: readonly unknown[], ignore?: readonly string[]): string =>
  callKey({ name: 'f', args: argumentCounter(fn, ignore)(args) })

/** Of the source of a function: groups of calls, each of which has one key, which no other has. */
function assertGroups(source: string, groups: readonly (readonly (readonly unknown[])[])[]): void {
  const fn = run(source)
  const keys = groups.map(calls => {
    const [first, ...others] = calls.map(args => keyOf(fn, args))
    for (const other of others) assert.equal(other, first, source)
    return first
  })
  assert.equal(new Set(keys).size, groups.length, source)
}

describe('Calls that mean the same', () => {
  it('share a key: a constant default left out, undefined, or spelled out', () => {
    assertGroups("(a, b = 2, c = { x: ['y'] }) => 1", [
      [[1], [1, 2], [1, undefined], [1, 2, { x: ['y'] }], [1, undefined, undefined]],
      [
        [1, 3],
        [1, 3, undefined],
      ],
      [[1, 2, 3], [1, undefined, 3]], // biome-ignore format: one line each
      [[1, null]],
      [[1, '2']],
      [[], [undefined], [undefined, 2]],
    ])
    assertGroups('(limit = 60 * 60, sign = -1, name = `a` + 1) => 1', [[[], [3600], [undefined, -1, 'a1']], [[1]]]) // biome-ignore format: one line
  })

  it('share a key: defaults of destructured properties, at any depth', () => {
    assertGroups('({ a, b = 2, c: { d = [1] } = {} } = {}, e) => 1', [
      [
        [],
        [{}],
        [undefined],
        [{ b: 2 }],
        [{ a: undefined, c: {} }],
        [{ c: { d: [1] }, b: undefined }, undefined],
      ],
      [[{ a: 1 }], [{ c: undefined, a: 1, b: 2 }]],
      [
        [{}, 5],
        [undefined, 5],
        [{ b: 2, c: { d: [1] } }, 5],
      ],
      [[{ c: { d: [] } }]],
      [[{ b: null }]],
      [[null]],
    ])
    assertGroups('([a, b = 2, [c] = [3]] = []) => 1', [
      [[], [[]], [[undefined]], [[undefined, 2]], [[undefined, undefined, [3]]], [new Array(1)]],
      [[[1]], [[1, 2]], [[1, undefined, [3]]]],
      [[[1, 3]]],
      [[[1, 2, []]]],
    ])
  })

  it('share a key: what the function cannot see', () => {
    assertGroups('(a) => 1', [[[1], [1, 0], [1, 0, ['the array']]]])
    assertGroups('({ a }) => 1', [
      [[{ a: 1 }], [{ a: 1, b: 2 }], [{ a: 1, b: Promise.resolve() }, 3]],
      [[{ a: 2 }]],
    ])
    assertGroups('([a, , c]) => 1', [[[[1, 2, 3]], [[1, 5, 3, 4]], [Object.assign([1, 0, 3], { b: 1 })]]])
    assertGroups('([]) => 1', [[[[1]], [[]]], [['ab']]])
  })

  it('keep theirs where a rest sees everything', () => {
    assertGroups('({ a = 1, ...b }) => 1', [[[{}], [{ a: 1 }], [{ a: undefined }]], [[{ b: undefined }]], [[{ b: 1 }], [{ b: 1, a: 1 }]]]) // biome-ignore format: one line
    assertGroups('([a = 1, ...b]) => 1', [[[[]], [[1]], [[undefined]]], [[[1, undefined]], [[undefined, undefined]]], [[[1, 2]]]]) // biome-ignore format: one line
    assertGroups('(a = 1, ...b) => 1', [[[], [1], [undefined]], [[1, undefined], [undefined, undefined]], [[1, 2]]]) // biome-ignore format: one line
  })

  it('keep theirs where the function may see how it was called', () => {
    for (const source of [
      'function (a = 1) { return arguments }',
      'function (a = 1) { return arg\\u0075ments.length }',
      'function f(a = 1) { return f.arguments.length }',
      '(a = 1) => eval("a")',
      'function (a = 1) { return () => arguments }',
      'class extends Object {}',
      'function (a) { return arguments }',
    ])
      assertGroups(source, [[[1]], [[]], [[undefined]], [[1, 2]]])
    assertGroups('function (a = 1) { return "arguments" + [/* eval */] }'.replace('"arguments"', '"argument"'), [[[], [1]], [[2]]]) // biome-ignore format: one line
    assertGroups('function (a = 1) { return { text: "\\u0061" } /* arguments */ }', [[[], [1]], [[2]]])
    assert.deepEqual(argumentCounter(Math.max)([1, undefined]), [1, undefined])
  })

  it('keep theirs where a default is computed', () => {
    assertGroups('(a, b = Date.now()) => 1', [[[1], [1, undefined]], [[1, 2]]])
    assertGroups('({ a = [Math.random()], b } = {}) => 1', [[[], [{}], [{ a: undefined }]], [[{ a: [1] }]]])
    assertGroups('({ a = 1, ["a"]: b }) => 1', [[[{}]], [[{ a: 1 }]]])
    for (const pattern of [
      '{ a = 1, a: b }',
      '{ a: b, a = 1 }',
      '{ [`a`]: b, a = 1 }',
      '{ [String("a")]: b, a = 1 }',
    ])
      assertGroups(`(${pattern}) => 1`, [[[{}]], [[{ a: 1 }]]])
  })

  it('keep theirs where a property that is missing is inherited', () => {
    assertGroups('({ toString }) => 1', [[[{}]], [[{ toString: undefined }], [Object.create(null)]]])
    assertGroups('({ toString = 1, __proto__: p = 2 }) => 1', [
      [[{}], [{ a: 1 }]],
      [[{ toString: undefined }], [{ toString: 1 }]],
      [[Object.create(null)], [Object.assign(Object.create(null), { toString: 1 })]],
    ])
  })

  it('look only into plain objects and arrays, and run nothing', () => {
    const trap = () => assert.fail('was run')
    class Options {
      a = undefined
      b = 1
    }
    const seen = (source: string, value: unknown) => argumentCounter(run(source))([value])[0]
    for (const value of [
      new Options(),
      new Map([['a', undefined]]),
      new Proxy({}, { get: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap }),
      Object.defineProperty({}, 'a', { get: trap, enumerable: true }),
      Object.defineProperty({}, Symbol.for('cachedict.content'), { value: trap }),
      null,
      'text',
      [1, 2],
    ])
      assert.equal(seen('({ a, ...b }) => 1', value), value)
    for (const value of [
      new Set([1]),
      'ab',
      Uint8Array.of(1),
      { 0: 1 },
      Object.assign([1], { [Symbol.iterator]: trap }),
      Object.defineProperty([1], 0, { get: trap }),
    ])
      assert.equal(seen('([a, b]) => 1', value), value)
  })

  it('leave the arguments of the caller as they are', () => {
    const options = { a: undefined, b: 1, c: { d: 2 } }
    const args = Object.freeze([options, undefined, 3])
    argumentCounter(run('({ a = 1, c: { e = 2 } }, f = 5) => 1'))(args)
    assert.deepEqual(args, [{ a: undefined, b: 1, c: { d: 2 } }, undefined, 3])
  })

  it('are not misled by a length that a wrapper copied', () => {
    const wrapper = run('(...args) => args.length')
    Object.defineProperty(wrapper, 'length', { value: 2 })
    assert.deepEqual(argumentCounter(wrapper)([1, undefined]), [1, undefined])
  })

  it('never get one key where the function sees something else, whatever its parameters are', () => {
    let equal = 0
    fc.assert(
      fc.property(anySignature, anyArguments, anyArguments, (signature, a, b) => {
        const fn = build(signature)
        if (keyOf(fn, a) !== keyOf(fn, b)) return
        equal++
        assert.equal(seenBy(fn, a), seenBy(fn, b))
      }),
      { numRuns: 6000 },
    )
    assert.ok(equal > 300, `only ${equal} pairs had one key`)
  })

  it('get one key exactly if the function sees the same, where its defaults are constant and its arguments fit', () => {
    let equal = 0
    const calls = clearSignature.chain(signature =>
      fc.tuple(fc.constant(signature), fittingArguments(signature), fittingArguments(signature)),
    )
    fc.assert(
      fc.property(calls, ([signature, a, b]) => {
        const fn = build(signature)
        const isSame = seenBy(fn, a) === seenBy(fn, b)
        fc.pre(seenBy(fn, a) !== 'throws' && seenBy(fn, b) !== 'throws')
        if (isSame) equal++
        assert.equal(keyOf(fn, a) === keyOf(fn, b), isSame)
      }),
      { numRuns: 4000 },
    )
    assert.ok(equal > 300, `only ${equal} pairs were seen alike`)
  })

  it('get one key exactly if the function sees the same but for what is ignored', () => {
    const calls = clearSignature.chain(signature =>
      fc.tuple(fc.constant(signature), fittingArguments(signature), fittingArguments(signature), fc.nat()),
    )
    let equal = 0
    fc.assert(
      fc.property(calls, ([signature, a, b, seed]) => {
        const fn = build(signature)
        fc.pre(seenBy(fn, a) !== 'throws' && seenBy(fn, b) !== 'throws')
        const count = (fn(...a) as unknown[]).length
        // What a nested rest gathers has no one place, and no name.
        const places = Array.from({ length: count }, (_, i) => i).filter(
          i => !fn.toString().includes(`...v${i} `),
        )
        const at = places[seed % Math.max(1, places.length)]
        if (at === undefined || fn.toString().includes(`...v${at}]`)) return
        const isSame = seenBy(fn, a, at) === seenBy(fn, b, at)
        if (isSame) equal++
        const ignore = [`v${at}`]
        if (keyOf(fn, a, ignore) === keyOf(fn, b, ignore)) assert.ok(isSame)
        else if (isSame) assert.notEqual(seenBy(fn, a), seenBy(fn, b))
      }),
      { numRuns: 3000 },
    )
    assert.ok(equal > 300)
  })
})

describe('argumentCounter', () => {
  it('parses no function with plain parameters, and no function before its first call', () => {
    const counted = argumentCounter(run('function f(a, b) {}'))
    assert.deepEqual(counted([1, 2, 3]), [1, 2])
    assert.deepEqual(counted([1, undefined]), [1])
    const args = [1, 2]
    assert.equal(counted(args), args)
  })

  it('finds names that the function does not have at once', () => {
    assert.throws(() => argumentCounter(run('({ a }) => 1'), ['x']), TypeError)
    assert.throws(
      () => argumentCounter(Math.max, ['x']),
      error => isCacheError(error, 'ERR_CACHE_SOURCE'),
    )
    argumentCounter(Math.max)
  })
})

/** Everything that the function sees of a call, but for one variable. */
function seenBy(fn: AnyFunction, args: readonly unknown[], except?: number): string {
  try {
    const seen: unknown[] = fn(...args)
    return digest(seen.filter((_, i) => i !== except))
  } catch (error) {
    assert.ok(error instanceof TypeError)
    return 'throws'
  }
}

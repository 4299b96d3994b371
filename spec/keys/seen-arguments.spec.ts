import assert from 'node:assert/strict'
import { IGNORED } from '../../lib/keys/atoms.ts'
import { digest } from '../../lib/keys/canonical.ts'
import { parametersOf } from '../../lib/keys/parameters.ts'
import { seenArguments } from '../../lib/keys/seen-arguments.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'

const run = (source: string): AnyFunction => new Function(`return ${source}`)()
const ignore = (source: string, names: readonly string[], ...args: readonly unknown[]): readonly unknown[] =>
  seenArguments(parametersOf(run(source)), names)(args)

describe('seenArguments', () => {
  it('gives calls that differ in an ignored parameter one key (D24, D32)', () => {
    const key = (...args: unknown[]): string => digest(ignore('function f(a, b) {}', ['b'], ...args))
    assert.equal(key(1, 1), key(1, 5))
    assert.equal(key(1), key(1, 5))
    assert.notEqual(key(1, 1), key(2, 1))
  })

  it('puts a mark in the place of an ignored parameter', () => {
    assert.deepEqual(ignore('(a, b, c) => 1', ['b'], 1, 2, 3), [1, IGNORED, 3])
    assert.notEqual(digest([1, IGNORED, 3]), digest([1, undefined, 3]))
    assert.notEqual(digest([IGNORED]), digest([Symbol.for('cachedict.ignored')]))
  })

  it('counts a trailing ignored parameter the same whether it is passed or not', () => {
    for (const args of [[1], [1, undefined], [1, undefined, true], [1, undefined, undefined]]) {
      assert.deepEqual(ignore('(a, b, verbose) => 1', ['verbose'], ...args), [1])
    }
    assert.deepEqual(ignore('(a, b, verbose) => 1', ['verbose'], 1, 2, true), [1, 2])
    assert.deepEqual(ignore('function (a, b) { return arguments }', ['b'], 1, 2), [1])
  })

  it('counts a constant default the same left out, undefined, and spelled out', () => {
    const source = "(a, b = 2, c = { x: ['y'] }, d = f()) => 1"
    for (const args of [
      [1],
      [1, 2],
      [1, undefined],
      [1, 2, { x: ['y'] }],
      [1, undefined, undefined, undefined],
    ]) {
      assert.deepEqual(ignore(source, [], ...args), [1])
    }
    assert.deepEqual(ignore(source, [], 1, undefined, 3), [1, 2, 3])
    assert.deepEqual(ignore(source, [], 1, 2, { x: ['y'] }, 4), [1, 2, { x: ['y'] }, 4])
    assert.deepEqual(ignore(source, [], 1, null), [1, null])
    assert.deepEqual(ignore(source, [], 1, '2'), [1, '2'])
    assert.deepEqual(ignore('(a = 1) => 1', [], new WeakMap()).length, 1)
    assert.deepEqual(ignore('function (a = 1) { return arguments }', [], 1), [1])
  })

  it('drops trailing undefined only where a parameter stands', () => {
    assert.deepEqual(ignore('(a, b) => 1', [], 1, undefined), [1])
    assert.deepEqual(ignore('(a, b = 1) => 1', [], 1, undefined), [1])
    assert.deepEqual(ignore('(a, ...b) => 1', [], 1, undefined), [1, undefined])
    assert.deepEqual(ignore('(a, b, ...c) => 1', [], 1, undefined), [1])
    assert.deepEqual(ignore('function (a, b) { return arguments }', [], 1, undefined), [1, undefined])
    assert.deepEqual(ignore('(a, b) => 1', [], undefined, 1), [undefined, 1])
  })

  it('drops arguments that the function cannot see', () => {
    assert.deepEqual(ignore('(a) => 1', [], 1, 0, ['the array']), [1])
    assert.deepEqual(ignore('function (a) { return arguments }', [], 1, 0), [1, 0])
  })

  it('ignores a rest parameter', () => {
    assert.deepEqual(ignore('(a, ...others) => 1', ['others'], 1, 2, 3), [1])
    assert.deepEqual(ignore('(a, ...others) => 1', ['a'], 1, 2, 3), [IGNORED, 2, 3])
  })

  it('leaves out a destructured property, by the name of the property or of the variable', () => {
    const source = '({ rows, verbose: loud, format: { color, width } }, x) => 1'
    const args = [{ rows: 1, verbose: true, format: { color: 'red', width: 2 } }, 5]
    const [options] = args as [object]
    assert.deepEqual(ignore(source, ['verbose'], ...args), [
      { rows: 1, format: { color: 'red', width: 2 } },
      5,
    ])
    assert.deepEqual(ignore(source, ['loud'], ...args), ignore(source, ['verbose'], ...args))
    assert.deepEqual(ignore(source, ['color'], ...args), [
      { rows: 1, verbose: true, format: { width: 2 } },
      5,
    ])
    assert.deepEqual(ignore(source, ['format', 'loud'], ...args), [{ rows: 1 }, 5])
    assert.deepEqual(options, { rows: 1, verbose: true, format: { color: 'red', width: 2 } })
  })

  it('means the parameter where a property has its name', () => {
    assert.deepEqual(ignore('(verbose, { verbose: loud }) => 1', ['verbose'], 1, { verbose: 2 }), [
      IGNORED,
      { verbose: 2 },
    ])
  })

  it('finds properties in defaults, nested patterns and arrays', () => {
    assert.deepEqual(ignore('({ a, b = 2 } = {}) => 1', ['b'], { a: 1, b: 3 }), [{ a: 1 }])
    assert.deepEqual(ignore('([a, { b }]) => 1', ['b'], [1, { b: 2, c: 3 }]), [[1, {}]])
    assert.deepEqual(ignore('([a, b]) => 1', ['a'], [1, 2]), [[IGNORED, 2]])
    assert.deepEqual(ignore('([a, b]) => 1', ['b'], [1, 2]), ignore('([a, b]) => 1', ['b'], [1]))
  })

  it('takes arguments as they are where there is nothing to leave out', () => {
    for (const value of [undefined, null, 1, 'text', {}, [], new Map([['b', 1]])]) {
      const args = [value, 'last']
      assert.deepEqual(ignore('({ b }, last) => 1', ['b'], ...args), args)
    }
  })

  it('keeps prototypes, runs no getter, and takes __proto__ for a name', () => {
    class Options {
      a = 1
      verbose = true
    }
    const [copy] = ignore('({ verbose }) => 1', ['verbose'], new Options())
    assert.ok(copy instanceof Options && !('verbose' in copy))
    const loud = { a: 1, get verbose(): boolean { return assert.fail('was run') } } // biome-ignore format: one line
    assert.deepEqual(ignore('({ a, verbose }) => 1', ['verbose'], loud), [{ a: 1 }])
    assert.deepEqual(ignore('({ verbose, ...rest }) => 1', ['verbose'], loud), [{ a: 1 }])
    const parsed = JSON.parse('{"__proto__":1,"b":2}')
    const expected = [JSON.parse('{"__proto__":1}')]
    assert.deepEqual(ignore('({ b, ...rest }) => 1', ['b'], parsed), expected)
    assert.deepEqual(ignore('({ b, __proto__: p }) => 1', ['b'], parsed), expected)
  })

  it('leaves ignored properties out where the rest counts as it is', () => {
    class Options {
      a = 1
      verbose = true
    }
    const source = '({ verbose, a = 1, ...rest } = {}) => 1'
    const digests = [true, false].map(verbose =>
      digest(ignore(source, ['verbose'], Object.assign(new Options(), { verbose }))),
    )
    assert.equal(digests[0], digests[1])
    assert.deepEqual(ignore('({ [x]: y, a: { b } }) => 1', ['b'], { a: { b: 1, c: 2 } }), [{ a: { c: 2 } }])
    assert.deepEqual(ignore('function ({ b }) { return arguments }', ['b'], { b: 1, c: 2 }), [{ c: 2 }])
  })

  it('lets a property of an object count that a copy would not be true to', () => {
    class Sealed {
      #secret = 1
      verbose = true
      read(): number {
        return this.#secret
      }
    }
    const value = new Sealed()
    assert.equal(ignore('({ verbose }) => 1', ['verbose'], value)[0], value)
  })

  it('throws for a name that is no parameter, and lists those there are', () => {
    assert.throws(() => ignore('function sum(a, { b: c }, ...d) {}', ['x'], 1), {
      name: 'TypeError',
      message: 'ignore names "x", which is no parameter of sum. Its parameters are a, b, c, d.',
    })
    assert.throws(() => ignore('() => 1', ['x']), /It has no parameters/)
  })
})

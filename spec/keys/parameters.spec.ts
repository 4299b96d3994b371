import assert from 'node:assert/strict'
import { isCacheError } from '../../lib/base/errors.ts'
import { parametersOf } from '../../lib/keys/parameters.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'

/** Made at run time: a compiler would change the text. */
const run = (source: string): AnyFunction => new Function(`return ${source}`)()
const member = (source: string, name = 'm'): AnyFunction => {
  const holder = new Function(`return ${source}`)()
  const property = Object.getOwnPropertyDescriptor(holder, name) ?? {}
  return property.value ?? property.get ?? property.set
}

const FORMS: readonly (readonly [
  name: string,
  fn: AnyFunction,
  names: readonly (string | undefined)[],
  rest?: string,
])[] = [
  ['a function', run('function f(a, b) {}'), ['a', 'b']],
  ['a nameless function', run('function (a, b) {}'), ['a', 'b']],
  ['an arrow', run('(a, b) => a'), ['a', 'b']],
  ['an arrow without parentheses', run('a => a'), ['a']],
  ['an arrow that gives an object', run('(a) => ({ a })'), ['a']],
  ['an async arrow', run('async (a) => await a'), ['a']],
  ['an async function', run('async function (a) { await a }'), ['a']],
  ['a generator', run('function* (a) { yield a }'), ['a']],
  ['an async generator', run('async function* (a) { yield await a }'), ['a']],
  ['no parameters', run('() => 1'), []],
  ['a rest', run('(a, ...others) => 1'), ['a'], 'others'],
  ['a rest pattern', run('(a, ...[b, c]) => 1'), ['a']],
  ['defaults', run('(a, b = 2, { c } = {}) => 1'), ['a', 'b', undefined]],
  ['patterns', run('({ a }, [b], c) => 1'), [undefined, undefined, 'c']],
  ['comments and line ends', run('function /* x) */ f(a /* , z */,\n // y\n b) {}'), ['a', 'b']],
  ['a method', member('({ m(a, b) {} })'), ['a', 'b']],
  ['an async method', member('({ async m(a) { await a } })'), ['a']],
  ['a generator method', member('({ *m(a) { yield a } })'), ['a']],
  ['a method with a computed name', member("({ ['m'](a) {} })"), ['a']],
  ['a method with a text as name', member("({ 'm'(a) {} })"), ['a']],
  ['a method that uses super', member('({ m(a) { return super.m(a) } })'), ['a']],
  ['a getter', member('({ get m() { return 1 } })'), []],
  ['a setter', member('({ set m(a) {} })'), ['a']],
  ['a property with a function', member('({ m: function (a) {} })'), ['a']],
  ['a static method', member('class { static m(a, b) {} }'), ['a', 'b']],
  ['a method of a class', member('(class { m(a) { return super.m(a) } }).prototype'), ['a']],
  ['a private method', run('(class { static #m(a) {} static get() { return this.#m } }).get()'), ['a']],
  [
    'a method that uses private names',
    member('(class { #x; m(a) { return #x in a && a.#x } }).prototype'),
    ['a'],
  ],
  ['a method called get', member('({ get(a) {} })', 'get'), ['a']],
  ['a method called static', member('({ static(a) {} })', 'static'), ['a']],
  ['a method called async', member('({ async(a) {} })', 'async'), ['a']],
  ['a class', run('class { constructor(a, b) {} m(c) {} }'), ['a', 'b']],
  ['a class without a constructor', run('class { m(c) {} }'), []],
  ['a class that extends another', run('class extends Object { constructor(a) { super(a) } }'), ['a']],
  ['an arrow in a class field', run('new (class { m = (a) => this })().m'), ['a']],
  ['a name that is reserved in strict code', run('function (let, yield) {}'), ['let', 'yield']],
]

describe('parametersOf', () => {
  for (const [name, fn, names, rest] of FORMS) {
    it(`reads ${name}`, () => {
      const parameters = parametersOf(fn)
      assert.deepEqual(parameters.names, names)
      assert.equal(parameters.count, names.length)
      assert.equal(parameters.rest, rest)
    })
  }

  it('gives the source of defaults', () => {
    assert.deepEqual(parametersOf(run('(a, b = 2, { c } = { c: [1] }) => 1')).defaults, [
      undefined,
      '2',
      '{ c: [1] }',
    ])
  })

  it('finds every name in patterns, and the way to it', () => {
    const { places } = parametersOf(
      run("({ a, b: c, d: { e = 1 }, 'f g': h, [i]: j, ...k }, [l, , { m }], ...n) => 1"),
    )
    const found = places.map(
      ({ name, position, path, local }) => `${local ? '' : '.'}${name} ${[position, ...path].join('/')}`,
    )
    assert.deepEqual(found, [
      ...['.a 0/a', 'a 0/a', '.b 0/b', 'c 0/b', '.d 0/d', '.e 0/d/e', 'e 0/d/e', '.f g 0/f g', 'h 0/f g'],
      ...['l 1/0', '.m 1/2/m', 'm 1/2/m', 'n 2'],
    ])
  })

  it('tells whether the number of arguments can be seen', () => {
    assert.equal(parametersOf(run('function (a) { return arguments.length }')).usesArguments, true)
    assert.equal(parametersOf(run('(a, code) => eval(code)')).usesArguments, true)
    assert.equal(parametersOf(run('function (a) { return a }')).usesArguments, false)
    assert.equal(parametersOf(run('class extends Object {}')).usesArguments, true)
  })

  it('reads each function once', () => {
    const fn = run('a => a')
    assert.equal(parametersOf(fn), parametersOf(fn))
    assert.ok(Object.isFrozen(parametersOf(fn)))
  })

  for (const [name, fn] of [
    ['a native function', Math.max],
    ['a bound function', run('a => a').bind(null)],
  ] as const) {
    it(`cannot read ${name}, and says what to do`, () => {
      assert.throws(
        () => parametersOf(fn),
        error => isCacheError(error, 'ERR_CACHE_SOURCE') && /Give a function as innerKey/.test(error.message),
      )
    })
  }
})

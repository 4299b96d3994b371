import assert from 'node:assert/strict'
import { parseFunction } from '../../lib/base/parse-function.ts'

/** Made at run time: a compiler would change the text. */
const run = (expression: string): unknown => new Function(`return ${expression}`)()
const text = (fn: unknown): string => Function.prototype.toString.call(fn)

/** An expression whose value is a function, what it is parsed as, and how many parameters it has. */
const FORMS: readonly (readonly [
  expression: string,
  type: string,
  kind: string | undefined,
  params: number,
])[] = [
  ['function f(a, b) {}', 'FunctionExpression', undefined, 2],
  ['async a => await a', 'ArrowFunctionExpression', undefined, 1],
  ['class A extends Object { constructor(a) { super(a) } }', 'ClassExpression', undefined, 1],
  ['class { m(a) {} }', 'ClassExpression', undefined, 0],
  ['({ m(a) {} }).m', 'FunctionExpression', 'method', 1],
  ['({ async *m(a) { yield super.m } }).m', 'FunctionExpression', 'method', 1],
  ['({ ["a" + "b"](a) {} }).ab', 'FunctionExpression', 'method', 1],
  ['({ async(a) {} }).async', 'FunctionExpression', 'method', 1],
  ['({ get(a) {} }).get', 'FunctionExpression', 'method', 1],
  ['({ 1(a) {} })[1]', 'FunctionExpression', 'method', 1],
  ['Object.getOwnPropertyDescriptor({ get m() { return 1 } }, "m").get', 'FunctionExpression', 'get', 0],
  ['Object.getOwnPropertyDescriptor({ set m(a) {} }, "m").set', 'FunctionExpression', 'set', 1],
  ['class { static m(a) {} }.m', 'FunctionExpression', 'method', 1],
  ['class { static #m(a) {} static get() { return this.#m } }.get()', 'FunctionExpression', 'method', 1],
  ['class { #x; m(a) { return #x in a } }.prototype.m', 'FunctionExpression', 'method', 1],
  ['class { constructor() { return () => new.target } }', 'ClassExpression', undefined, 0],
  [
    'new (class { constructor() { this.f = () => new.target } })().f',
    'ArrowFunctionExpression',
    undefined,
    0,
  ],
  [
    'new (class extends Object { constructor() { const f = a => super(a); f(); return { f } } })().f',
    'ArrowFunctionExpression',
    undefined,
    1,
  ],
  [
    'new (class { constructor() { this.o = { [new.target.name](a) {} } } })().o[""]',
    'FunctionExpression',
    'method',
    1,
  ],
  ['function () { return /x/ } // last', 'FunctionExpression', undefined, 0],
]

describe('parseFunction', () => {
  for (const [expression, type, kind, params] of FORMS) {
    it(`parses what toString gives for ${expression}`, () => {
      const parsed = parseFunction(text(run(expression)))
      assert.equal(parsed?.node.type, type)
      assert.equal(parsed?.member?.kind, kind)
      assert.equal(parsed?.params.length, params)
    })
  }

  it('gives offsets into its text', () => {
    const parsed = parseFunction('m(first) { return 1 }')
    const [first] = parsed?.params ?? []
    assert.equal(parsed?.text.slice(first?.start, first?.end), 'first')
  })

  it('tells static members and computed keys', () => {
    assert.deepEqual(parseFunction('static #m() {}')?.member, {
      kind: 'method',
      isStatic: true,
      hasComputedKey: false,
    })
    assert.deepEqual(parseFunction('[m]() {}')?.member, {
      kind: 'method',
      isStatic: false,
      hasComputedKey: true,
    })
  })

  it('parses import.meta, and await in the keys of a class, wherever the function is from', () => {
    assert.notEqual(parseFunction('() => import.meta.url'), undefined)
    assert.notEqual(parseFunction('class { [await x]() {} }'), undefined)
  })

  it('gives undefined for what is no function, or has no source', () => {
    for (const source of [
      '1',
      'f()',
      '{}',
      'a() {}, b() {}',
      'm: function () {}',
      text(Math.max),
      'function (',
      '',
    ]) {
      assert.equal(parseFunction(source), undefined, source)
    }
  })

  it('gives undefined for what is a comment in a script and an operator in a module', () => {
    assert.equal(parseFunction('(a, b) => { return a <!--b\n}'), undefined)
    assert.equal(parseFunction('(a) => { a\n--> 1\n}'), undefined)
    assert.notEqual(parseFunction('a => { while (a --> 0) f("<!--", /-->/) }'), undefined)
  })
})

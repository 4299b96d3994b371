import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  type Hole,
  NORMAL_FORMAT,
  normalFormOf,
  renderNormalForm,
} from '../../../lib/fingerprint/normal-form/normal-form.ts'
import { libraryFunctions } from '../../support/library-functions.ts'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

/** What must give another text. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  'an operator': ['a => a + 1', 'a => a - 1'],
  'a number': ['a => a + 1', 'a => a + 2'],
  'a string': ["a => a + 'x'", "a => a + 'y'"],
  'the text of a template': ['a => `\u0024{a}x`', 'a => `\u0024{a}y`', 'a => `x\u0024{a}`'],
  'the flags of a pattern': ['a => /x/.test(a)', 'a => /x/g.test(a)', 'a => /x/u.test(a)'],
  'a default parameter': ['(a = 1) => a', '(a = 2) => a', 'a => a'],
  'an await': ['async a => f(a)', 'async a => await f(a)'],
  'the order of parameters': ['(a, b) => a - b', '(b, a) => a - b'],
  'the order of statements': ['() => { f(); g() }', '() => { g(); f() }'],
  'the name of a property': ['a => a.x', 'a => a.y', 'a => a[x]'],
  'an optional chain': ['a => a.x.y', 'a => a?.x.y', 'a => a?.x?.y', 'a => (a?.x).y'],
  async: ['a => f(a)', 'async a => f(a)'],
  'how a loop variable is declared': [
    '() => { for (var i = 0; i < 3; i++) list.push(() => i) }',
    '() => { for (let i = 0; i < 3; i++) list.push(() => i) }',
  ],
  'the body of a nested function': ['() => () => 1', '() => () => 2'],
  'a bigint': ['() => 1n', '() => 1', "() => '1'", '() => "1n"'],
  '"use strict"': [
    'function f() { return this }',
    'function f() { "use strict"; return this }',
    'function f() { ("use strict"); return this }',
  ],
  'the spelling of a tagged template': ['() => tag`\\n`', '() => tag`\n`', '() => tag`\\x0a`'],
  'an accessor': [
    'm() { return 1 }',
    'get m() { return 1 }',
    '*m() { return 1 }',
    'async m() { return 1 }',
    'async *m() { return 1 }',
  ],
  'the word eval sees': ['a => eval("a")', 'b => eval("a")', 'b => (0, eval)("a")'],
  'a module that is required': ['() => require("a")', '() => require("b")', '() => require(a)'],
  'a module that is imported': ['() => import("a")', '() => import("b")', '() => import(a)'],
  'a function made of text': ['() => new Function("return 1")', '() => new Function("return 2")'],
  'a global function': ['a => parseInt(a)', 'a => parseFloat(a)'],
}

/** What must not. */
const LAYOUT: Readonly<Record<string, readonly string[]>> = {
  'white space': ['function f ( a ) {\r\n\treturn a\r\n}', 'function f(a){return a}'],
  comments: [
    'a => a',
    '/* of one */ (a /* argument */) => /* itself */ a',
    'a => { // first\n return a // last\n}',
  ],
  quotes: ["() => 'it\\'s'", '() => "it\'s"', "() => `it's`", '() => "\\x69t\\u0027s"'],
  'the spelling of numbers': ['() => 255', '() => 0xff', '() => 2_55', '() => 255.0', '() => 2.55e2'],
  'the spelling of big ones': ['() => 255n', '() => 0xffn', '() => 2_55n'],
  parentheses: ['(a, b) => a + b * 2', '(a, b) => (a + (b * (2)))'],
  'commas and semicolons': [
    '(a, b) => { f(a, b); return [a, b] }',
    '(a, b,) => { f(a, b,);; return [a, b,] }',
  ],
  'braces round one statement': [
    'a => { if (a) f(); else while (a) g(); for (;;) h() }',
    'a => { if (a) { f() } else { while (a) { g() } } for (;;) { h() } }',
  ],
  'an empty else': ['a => { if (a) f() }', 'a => { if (a) f(); else; }', 'a => { if (a) f(); else {} }'],
  'a body that is an expression': ['a => f(a)', 'a => { return f(a) }', '(a) => { return (f(a)) }'],
  'the short form of a property': [
    'a => ({ a })',
    'b => ({ a: b })',
    'a => ({ "a": a })',
    'a => ({ ["a"]: a })',
  ],
  'quoted keys': ['() => ({ a: 1, 2: 3 })', "() => ({ 'a': 1, '2': 3 })", '() => ({ ["a"]: 1, 0x2: 3 })'],
  'quoted members': ['a => a.b.c', 'a => a["b"].c', "a => a['b'][`c`]"],
  'names of locals': [
    '(a, { b }) => { const c = a; return x => b + c + x }',
    '(x, { b: y }) => { const z = x; return w => y + z + w }',
  ],
  'its own name': ['function f(a) { return a ? f(a - 1) : 0 }', 'function g(a) { return a ? g(a - 1) : 0 }'],
  'the name of a class': ['class A { m() { return A.x } }', 'class B { m() { return B.x } }'],
  'the key of a method': [
    'm() { return 1 }',
    '"a b"() { return 1 }',
    '[a]() { return 1 }',
    '#m() { return 1 }',
  ],
  debugger: ['() => { f() }', '() => { debugger; f() }'],
  'what minifiers write for a word': ['() => [undefined, true, false]', '() => [void 0, !0, !1]'],
  'the order of flags': ['() => /x/gi', '() => /x/ig'],
  labels: ['() => { a: for (;;) { for (;;) continue a } }', '() => { b: for (;;) { for (;;) continue b } }'],
  'one declaration or two': [
    '() => { let a = 1, b = 2; return a + b }',
    '() => { let a = 1; let b = 2; return a + b }',
  ],
  'the names that esbuild keeps': [
    '() => { const f = a => a; function g() {} class A {} return [f, g, A] }',
    '() => { const f = /* @__PURE__ */ __name(a => a, "f"); function g() {} __name(g, "g"); class A { static { __name(this, "A") } } return [f, g, A] }',
  ],
  'how an imported name is called': ['a => fn(a)', 'a => (0, fn)(a)'],
}

describe('The normal form of a function', () => {
  for (const [change, sources] of Object.entries(CHANGES)) {
    it(`is another after a change of ${change}`, () => {
      assertDifferent(...sources)
    })
  }

  for (const [layout, [first, ...others]] of Object.entries(LAYOUT)) {
    it(`does not depend on ${layout}`, () => {
      assertSame(first ?? '', ...others)
    })
  }

  it('is the same under any line ends', () => {
    const source = 'a => {\n  // of a\n  return tag`x\n\u0024{a}` + `y\nz`\n}'
    assertSame(source, source.replaceAll('\n', '\r\n'))
  })

  it('tells variables apart, not names', () => {
    assertDifferent(
      '(a, b) => { { let a = b; f(a) } return a }',
      '(a, b) => { { let c = b; f(a) } return a }',
      '(a, b) => { { let c = b; f(c) } return b }',
      '(a, b) => { { let c = b; f(c) } return c }',
    )
  })

  it('is the source itself of what cannot be parsed, with all its words', () => {
    const source = 'function f(a) { [native code] } \\u0062'
    const form = normalFormOf(source)
    assert.deepEqual(form.pieces, [source])
    assert.equal(form.kind, 'text')
    assert.deepEqual(form.holes, [])
    assert.deepEqual(form.words, ['function', 'f', 'a', 'native', 'code', 'u0062', 'b'])
  })

  it('is the source itself of what is nested too deeply', () => {
    const source = `() => ${'['.repeat(20_000)}${']'.repeat(20_000)}`
    assert.equal(normalFormOf(source).kind, 'text')
  })

  it('keeps every name where there is an eval or a with, and gives all words', () => {
    const form = normalFormOf('function f(a) { with (a) { return b } }')
    assert.equal(form.usesEval, true)
    assert.deepEqual(form.words, ['function', 'f', 'a', 'with', 'return', 'b'])
    assertDifferent('function f(a) { with (a) { return b } }', 'function f(c) { with (c) { return b } }')
    assertDifferent('function f(a) { eval("f") }', 'function g(a) { eval("f") }')
    assert.equal(normalFormOf('eval => eval("a")').usesEval, false)
    assert.deepEqual(normalFormOf('a => a').words, [])
  })

  it('has a hole for each mention of a free name, with one piece more than holes', () => {
    const form = normalFormOf('a => { f(a, f); return () => g.h(a) }')
    assert.deepEqual(
      form.holes.map(({ name }) => name),
      ['f', 'f', 'g'],
    )
    assert.equal(form.pieces.length, 4)
  })

  it('says of an arrow what comes from around it, and of a method that uses super', () => {
    for (const source of [
      '() => this',
      'a => { if (a) return () => this.x }',
      '() => super.x',
      '() => new.target',
      '() => arguments',
      'm() { return super.m() }',
      '() => class { [this.x]() {} }',
    ]) {
      assert.equal(normalFormOf(source).usesLexicalThis, true, source)
    }
    for (const source of [
      '() => function () { return this }',
      '() => ({ m() { return super.x } })',
      'function f() { return [this, arguments, new.target] }',
      '() => class { x = this }',
      'class { m() { return super.m() } }',
    ]) {
      assert.equal(normalFormOf(source).usesLexicalThis, false, source)
    }
  })

  it('says whether a function mentions its own this', () => {
    for (const source of [
      'function f() { return this }',
      'm() { return () => this.x }',
      'function f(a = this) {}',
    ]) {
      assert.equal(normalFormOf(source).usesThis, true, source)
    }
    for (const source of [
      '() => this',
      'function f() { return function () { return this } }',
      'class { m() { return this } }',
    ]) {
      assert.equal(normalFormOf(source).usesThis, false, source)
    }
  })

  it('says whether it mentions import.meta', () => {
    assert.equal(normalFormOf('() => import.meta.url').usesImportMeta, true)
    assert.equal(normalFormOf('function f() { return new.target }').usesImportMeta, false)
  })

  it('parses all functions of some libraries', () => {
    const sources = libraryFunctions(
      'acorn/dist/acorn.js',
      'immer/dist/immer.mjs',
      'lmdb/read.js',
      'lmdb/write.js',
      'mocha/lib/runner.js',
      'lru-cache/dist/esm/index.js',
      'esbuild/lib/main.js',
    )
    assert.ok(sources.length > 1000)
    assert.deepEqual(
      sources.filter(source => normalFormOf(source).kind === 'text'),
      [],
    )
  })

  it('stays as it is: a change of these texts is a change of NORMAL_FORMAT', () => {
    assert.equal(NORMAL_FORMAT, 1)
    assert.equal(
      normalText(
        'async function total(rows, { rate = 1 } = {}) { let sum = 0; for (const row of rows) sum += await price(row.id) * rate; return sum }',
      ),
      '(function async [ L0 (default (properties (property "rate" (default L1 1))) (object))] ' +
        '[(let L2 0) (for-of (const L3 _) L0 [(do (+= L2 ((await (call {5:price} (. L3 id))) * L1)))]) (return L2)])',
    )
    const hash = createHash('sha256')
    for (const source of GOLDEN) hash.update(`${normalText(source)}\n`)
    assert.equal(hash.digest('hex'), '402309f4d2dc675fc29e63e35aef4c98eca60c014056ac86b0eb0d66af53df6b')
  })
})

describe('renderNormalForm', () => {
  const fill = (source: string, text: string, consumed: number): string =>
    renderNormalForm(normalFormOf(source), () => ({ text, consumed }))

  it('writes the members that a target does not cover', () => {
    assert.equal(fill('() => a.b.c', '#1', 1), '(arrow [] [(return {2:#1}.c)])')
  })

  it('makes one of an import by name, of a namespace, and of what compilers make of them', () => {
    const named = fill('a => fn(a)', '#1', 0)
    assert.equal(fill('a => ns.fn(a)', '#1', 1), named)
    assert.equal(fill('a => (0, ns.fn)(a)', '#1', 1), named)
    assert.equal(fill('a => (0, fn)(a)', '#1', 0), named)
  })

  it('tells a call that loses its this from one that has it', () => {
    assert.notEqual(fill('a => (0, o.fn)(a)', 'o', 0), fill('a => o.fn(a)', 'o', 0))
    assertDifferent('a => (0, a.fn)(a)', 'a => a.fn(a)')
  })

  it('cannot be misled by what a target is called', () => {
    const render = (first: string, second: string): string => {
      const targets = [first, second]
      return renderNormalForm(normalFormOf('() => [a, b]'), (_hole, i) => ({
        text: targets[i] ?? '',
        consumed: 0,
      }))
    }
    assert.notEqual(render('x} {1:y', 'z'), render('x', 'y} {1:z'))
  })

  it('gives every hole and its number', () => {
    const seen: [Hole['name'], number][] = []
    renderNormalForm(normalFormOf('() => [a, b, a]'), ({ name }, i) => {
      seen.push([name, i])
      return { text: name, consumed: 0 }
    })
    assert.deepEqual(seen, [
      ['a', 0],
      ['b', 1],
      ['a', 2],
    ])
  })
})

/** One or two of all kinds of syntax. */
const GOLDEN = [
  'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }',
  '(a, { b, c: [d = x] } = {}, ...r) => { const q = a + b.z.y; ns.f.g(q, ...r); (0, ns.f)(1); return () => void 0 }',
  'async *m(a = () => v) { var v = 1; { function h() {} } h(); lab: for (const x of a) { if (x) continue lab; else break lab } yield* arguments; await super.x; delete g.z }',
  'class A extends B { static #p = 1n; x = A.y; [k]() { return this.#p in this } static { f() } get z() { return q } constructor(a) { super(a, new.target) } }',
  'function () { const { a, ...b } = tag`x\u0024{1}y`; try { a?.b.c?.(1) } catch { } finally { f() } switch (a) { case 1: let z = 1; default: z } return `\u0024{a}` + `k` + /x/ig.test(-1e3) }',
  'async () => { for await (let [i, , j] of new X) { do { i++, --j } while (!i) } for (const k in import.meta) throw await import(k); let { [q]: r } = { __proto__: s, get t() {}, "u-v": 0.1 } }',
  'function (a) { with (a) { return eval("b") } }',
]

import assert from 'node:assert/strict'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

const OPERATORS = [
  ...[
    '+',
    '-',
    '*',
    '/',
    '%',
    '**',
    '<<',
    '>>',
    '>>>',
    '&',
    '|',
    '^',
    '==',
    '!=',
    '===',
    '!==',
    '<',
    '<=',
    '>',
    '>=',
  ],
  ...[
    'in',
    'instanceof',
    '&&',
    '||',
    '??',
    '=',
    '+=',
    '-=',
    '*=',
    '/=',
    '%=',
    '**=',
    '<<=',
    '>>=',
    '>>>=',
    '&=',
    '|=',
  ],
  ...['^=', '&&=', '||=', '??=', ','],
]
const UNARY = [
  '-a',
  '+a',
  '!a',
  '~a',
  'typeof a',
  'void a',
  'delete a.b',
  'a++',
  '++a',
  'a--',
  '--a',
  'await a',
  'a',
]

describe('Expressions', () => {
  it('are told apart by their operators', () => {
    assertDifferent(...OPERATORS.map(operator => `(a, b) => (a ${operator} b)`))
    assertDifferent(...UNARY.map(unary => `async a => (${unary})`))
    assertDifferent(...UNARY.map(unary => `async () => (${unary})`))
  })

  it('are told apart by what belongs together', () => {
    assertDifferent('(a, b, c) => a - b - c', '(a, b, c) => a - (b - c)')
    assertDifferent('a => -(a ** 2)', 'a => (-a) ** 2')
    assertDifferent('(a, b) => !a in b', '(a, b) => !(a in b)')
    assertDifferent('a => a ? 1 : 2', 'a => a ? 2 : 1')
    assertDifferent(
      '(a, b) => [a, b]',
      '(a, b) => [a, , b]',
      '(a, b) => [[a, b]]',
      '(a, b) => [a, ...b]',
      '(a, b) => [(a, b)]',
    )
    assertSame('(a, b) => (a, b, f())', '(a, b) => ((a, b), f())', '(a, b) => (a, (b, f()))')
  })

  it('are told apart by the kinds of properties', () => {
    assertDifferent(
      'a => ({ x: a })',
      'a => ({ y: a })',
      'a => ({ [x]: a })',
      'a => ({ ...a })',
      '__proto__ => ({ __proto__ })',
      'a => ({ __proto__: a })',
      '() => ({ x() {} })',
      '() => ({ x: function () {} })',
      '() => ({ get x() {} })',
      '() => ({ set x(a) {} })',
      '() => ({ x: () => {} })',
    )
    assertSame('a => ({ __proto__: a })', 'a => ({ "__proto__": a })')
    assertSame('a => ({ ["__proto__"]: a })', '__proto__ => ({ ["__proto__"]: __proto__ })')
  })

  it('are the same for undefined, true and false and what stands for them', () => {
    assertSame('() => [undefined, true, false]', '() => [void 0, !0, !1]', '() => [void 1, !0, !2]')
    assertDifferent('() => void 0', '() => void f()', '() => !0', '() => !f()')
  })

  it('are the same for strings that are put together', () => {
    assertSame('a => a + "bc"', 'a => a + "b" + "c"', 'a => a + ("b" + "c")')
    assertSame('() => "abc"', '() => "a" + "b" + `c`')
    assertDifferent('a => a + 1 + "2"', 'a => a + "12"', 'a => 1 + a + "2"')
    assertDifferent('a => "a" + (a + "b")', 'a => "a" + a + "b"', 'a => "ab" + a')
  })

  it('yield one value or all of them', () => {
    assertDifferent('function* f(a) { yield a }', 'function* f(a) { yield* a }', 'function* f(a) { yield }')
  })

  it('read new.target and import.meta as they are', () => {
    assert.equal(normalText('function f() { return new.target }'), '(function [] [(return new.target)])')
    assert.equal(normalText('() => import.meta.url'), '(arrow [] [(return (. import.meta url))])')
  })

  it('of private names count those names', () => {
    assertDifferent(
      'm(a) { return a.#x }',
      'm(a) { return a.#y }',
      'm(a) { return #x in a }',
      'm(a) { return a?.#x }',
      'm(a) { return a.x }',
    )
  })
})

import { assertDifferent, assertSame } from '../../support/normal-text.ts'

describe('Functions', () => {
  it('are told apart by their kind', () => {
    assertDifferent(
      'function () {}',
      'function* () {}',
      'async function () {}',
      'async function* () {}',
      '() => {}',
      'async () => {}',
      'm() {}',
      'get m() {}',
      'set m(a) {}',
    )
    assertDifferent(
      '() => () => {}',
      '() => function () {}',
      '() => function f() {}',
      '() => { function f() {} }',
    )
  })

  it('are told apart by their parameters', () => {
    assertDifferent(
      '() => 1',
      'a => 1',
      '(a, b) => 1',
      '(...a) => 1',
      '({ a }) => 1',
      '([a]) => 1',
      '(a = 1) => 1',
      '({ a } = {}) => 1',
      '({ a = 1 }) => 1',
      '({ x: a }) => 1',
    )
  })

  it('know a named function by its name in itself only', () => {
    assertSame('() => (function a(n) { return a(n) })', '() => (function b(m) { return b(m) })')
    assertDifferent('() => { (function a() {}); a() }', '() => { (function b() {}); b() }')
  })

  it('find functions and variables that are declared further down', () => {
    assertSame('() => { f(); function f() {} }', '() => { g(); function g() {} }')
    assertSame('() => { a = 1; { var a } }', '() => { b = 1; { var b } }')
    assertSame('() => { const f = () => g; const g = 1 }', '() => { const a = () => b; const b = 1 }')
  })

  it('take the variables in default values from outside the body', () => {
    assertDifferent('(a = b) => { var b = 1; return a + b }', '(a = c) => { var b = 1; return a + b }')
    assertDifferent(
      '(a, b = () => a) => { var a = 1; return b() }',
      '(a, b = () => a) => { var c = 1; return b() }',
    )
  })

  it('take a var of the name of a parameter for that parameter', () => {
    assertDifferent('a => { var a; return a }', 'a => { var b; return b }')
    assertDifferent('({ a }) => { var a; return a }', '({ a }) => { var b; return b }')
  })

  it('each but arrows have arguments of their own', () => {
    assertSame('function f() { return () => arguments }', 'function g() { return () => arguments }')
    assertDifferent(
      'function f() { return () => arguments }',
      'function f() { return function () { return arguments } }',
    )
    assertDifferent('function f(arguments) { return arguments }', 'function f(a) { return arguments }')
    assertDifferent(
      'function f(a) { var arguments; return arguments }',
      'function f(a) { let arguments; return arguments }',
    )
  })

  it('are told apart by which of two variables of a name they see', () => {
    assertDifferent(
      'a => { let f = () => a; { let a = 1; f = () => a } return f }',
      'a => { let f = () => a; { let b = 1; f = () => a } return f }',
    )
  })

  it('tie a function in a block to the variable outside of it', () => {
    assertDifferent(
      'function a() { { function b() {} } return b }',
      'function b() { { function b() {} } return b }',
    )
    assertDifferent(
      'a => { switch (a) { default: function a() {} } return a }',
      'b => { switch (b) { default: function a() {} } return a }',
    )
    assertDifferent(
      '() => { let f; return () => { { function f() {} } return f } }',
      '() => { let g; return () => { { function f() {} } return f } }',
    )
    assertDifferent(
      '() => { var f = 1; { function f() {} } return f }',
      '() => { var f = 1; { function g() {} } return f }',
    )
    assertDifferent(
      '() => { { let f = 1; { function f() {} } } return f }',
      '() => { { let g = 1; { function f() {} } } return f }',
    )
  })
})

import { assertDifferent, assertSame } from '../../support/normal-text.ts'

describe('The names that esbuild gives to functions', () => {
  it('are left out of expressions', () => {
    assertSame(
      '() => a => a',
      '() => __name(a => a, "f")',
      '() => /* @__PURE__ */ __name((a => a), "f")',
      '() => __name2(__name(a => a, "f"), "g")',
    )
    assertSame('() => function () {}', '() => __name(function () {}, "f")')
    assertSame('() => class {}', '() => __name(class {}, "f")')
  })

  it('are left out of statements', () => {
    assertSame('() => { function f() {} return f }', '() => { __name(f, "f"); function f() {} return f }')
  })

  it('count where something else is called so', () => {
    assertDifferent(
      '() => a => a',
      '() => __name(a => a)',
      '() => __name(a => a, b)',
      '() => name(a => a, "f")',
      '() => __name(f, "f")',
    )
    assertDifferent('__name => a => a', '__name => __name(a => a, "f")')
    assertDifferent('a => { f() }', 'a => { __name(b, "f"); f() }')
  })
})

import { assertDifferent, assertSame } from '../../support/normal-text.ts'

describe('Literals', () => {
  it('count by their values', () => {
    assertSame('() => [16, 0.5, 1e21]', '() => [0x10, .5, 1000000000000000000000]')
    assertSame("() => 'a\\u{62}\\\nc'", '() => "abc"', '() => `abc`')
    assertSame('a => `x\\n\u0024{a}`', 'a => `x\n\u0024{a}`')
    assertSame('() => /a/dgimsy', '() => /a/ysmigd')
  })

  it('of different kinds differ', () => {
    assertDifferent(
      '() => 1',
      '() => "1"',
      '() => 1n',
      '() => /1/',
      '() => true',
      '() => null',
      '() => undefined',
      '() => -1',
      '() => "null"',
      '() => `\u0024{1}`',
    )
    assertDifferent('() => 0', '() => -0', '() => 1e999', '() => Infinity')
    assertDifferent('() => "\\ud800"', '() => "\\ud801"', '() => "\\ufffd"')
  })

  it('of templates differ by where something is put in', () => {
    assertDifferent(
      'a => `\u0024{a}b`',
      'a => `b\u0024{a}`',
      'a => `\u0024{a}\u0024{"b"}`',
      'a => `\u0024{a}, b`',
    )
  })

  it('of patterns differ by their text and their flags', () => {
    assertDifferent('() => /a/', '() => /b/', '() => /a/g', '() => /\\a/', '() => "/a/"', '() => /a\\/g/')
  })
})

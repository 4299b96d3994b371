import { assertDifferent, assertSame } from '../../support/normal-text.ts'

describe('Loops', () => {
  it('are told apart by their kind', () => {
    assertDifferent(
      'async a => { for (const x of a) f(x) }',
      'async a => { for (const x in a) f(x) }',
      'async a => { for await (const x of a) f(x) }',
      'async a => { for (let x of a) f(x) }',
      'async a => { for (var x of a) f(x) }',
      'async a => { for (x of a) f(x) }',
      'async a => { for (x.y of a) f(x) }',
      'async a => { while (a) f(x) }',
      'async a => { do f(x); while (a) }',
      'async a => { for (; a; ) f(x) }',
      'async a => { for (; ; a) f(x) }',
      'async a => { for (a; ; ) f(x) }',
    )
  })

  it('declare their variables for their heads and bodies', () => {
    assertSame(
      'a => { for (let i = 0, n = a; i < n; i++) f(i) }',
      'x => { for (let y = 0, z = x; y < z; y++) { f(y) } }',
    )
    assertDifferent('() => { for (let i of a) f(i); g(i) }', '() => { for (let j of a) f(j); g(j) }')
    assertSame('() => { for (var i of a) f(i); g(i) }', '() => { for (var j of a) f(j); g(j) }')
  })

  it('may go on for ever', () => {
    assertSame('() => { for (;;); }', '() => { for (;;) { } }')
    assertDifferent('() => { for (;;); }', '() => { while (true); }')
  })
})

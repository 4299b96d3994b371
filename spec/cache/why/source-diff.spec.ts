import assert from 'node:assert/strict'
import { sourceDiff } from '../../../lib/cache/why/source-diff.ts'

function diff(before: string, after: string, [oldLine, newLine] = [1, 1]): string {
  return sourceDiff(
    { source: before, title: 'a.mjs', line: oldLine },
    { source: after, title: 'b.mjs', line: newLine },
  )
}

describe('sourceDiff', () => {
  it('is a unified diff in the line numbers of the files', () => {
    const before = 'function f() {\n  const a = 1\n  return a\n}'
    assert.equal(
      diff(before, before.replace('a = 1', 'a = 2'), [10, 12]),
      [
        '--- a.mjs',
        '+++ b.mjs',
        '@@ -10,4 +12,4 @@',
        ' function f() {',
        '-  const a = 1',
        '+  const a = 2',
        '   return a',
        ' }',
      ].join('\n'),
    )
  })

  it('breaks what a compiler wrote on one line into statements', () => {
    const before = `function f(a){const b=${'a+'.repeat(60)}1;if(b){return b}return a}`
    assert.deepEqual(diff(before, before.replace('return a}', 'return 2*a}')).split('\n').slice(2), [
      '@@ -3,5 +3,5 @@',
      ' if(b){',
      ' return b',
      ' }',
      '-return a',
      '+return 2*a',
      ' }',
    ])
  })

  it('leaves short lines as they are', () => {
    assert.deepEqual(diff('n=>{a(n);b(n)}', 'n=>{a(n);c(n)}').split('\n').slice(3), [
      '-n=>{a(n);b(n)}',
      '+n=>{a(n);c(n)}',
    ])
  })

  it('shows 40 lines at most, and says how many there are more', () => {
    const lines = diff('a\n'.repeat(60), 'b\n'.repeat(60)).split('\n')
    assert.equal(lines.length, 40)
    assert.equal(lines.at(-1), '… and 84 more lines')
  })

  it('of functions whose place is unknown counts from 1', () => {
    assert.match(diff('a', 'b', [0, 0]), /^@@ -1,1 \+1,1 @@$/m)
  })
})

import assert from 'node:assert/strict'
import type { CodeChange } from '../../../lib/cache/why/code-changes.ts'
import { renderChanges, summarizeChanges } from '../../../lib/cache/why/render-changes.ts'

const VALUE: CodeChange = { kind: 'value', path: 'report > RATE', before: '5', after: '6' }

describe('summarizeChanges', () => {
  it('is the first one, and how many others there are', () => {
    assert.equal(summarizeChanges([]), undefined)
    assert.equal(summarizeChanges([VALUE]), 'report > RATE: 5 → 6')
    assert.equal(summarizeChanges([VALUE, VALUE]), 'report > RATE: 5 → 6, and 1 other change')
    assert.equal(summarizeChanges([VALUE, VALUE, VALUE]), 'report > RATE: 5 → 6, and 2 other changes')
  })
})

describe('renderChanges', () => {
  it('has a line for each kind', () => {
    const changes: readonly CodeChange[] = [
      { kind: 'function', path: 'report', before: 'a.mjs:1', after: 'a.mjs:2', diff: '-a\n+b' },
      { kind: 'function', path: 'report > f', after: '' },
      VALUE,
      {
        kind: 'value',
        path: 'report > NAME',
        before: 'a string of 3 characters',
        after: 'a string of 3 characters',
      },
      { kind: 'package', path: 'report > groupBy', before: '@x/y 1.0.0', after: '@x/y 1.0.1' },
      { kind: 'added', path: 'report > g', after: 'a.mjs:5' },
      { kind: 'removed', path: 'report > h' },
    ]
    assert.deepEqual(renderChanges(changes), [
      '  report was edited (a.mjs:2):',
      '    -a',
      '    +b',
      '  report > f was edited',
      '  report > RATE: 5 → 6',
      '  report > NAME changed (a string of 3 characters)',
      '  @x/y 1.0.0 → 1.0.1',
      '  report > g is new (a.mjs:5)',
      '  report > h is gone',
    ])
  })

  it('shows ten', () => {
    const lines = renderChanges(Array.from({ length: 12 }, () => VALUE))
    assert.deepEqual([lines.length, lines.at(-1)], [11, '  … and 2 more'])
  })
})

import assert from 'node:assert/strict'
import { codeChanges, valueChangesAt, withValues } from '../../../lib/cache/why/code-changes.ts'
import type { Part } from '../../../lib/fingerprint/part.ts'
import { functionPart as f, packagePart as p, valuePart as v } from '../../support/parts.ts'

const BEFORE: readonly Part[] = [
  f('report', 'report'),
  v('report > RATE', '5'),
  f('report > fetchRate', 'fetch 1', { file: 'rates.mjs', line: 4 }),
  p('report > groupBy', 'lodash', '4.17.20'),
  p('report > sortBy', 'lodash', '4.17.20'),
]

function changed(more: (part: Part) => Part): readonly Part[] {
  return BEFORE.map(more)
}

describe('codeChanges', () => {
  it('are none between equal parts', () => {
    assert.deepEqual(codeChanges(BEFORE, BEFORE), [])
  })

  it('name an edited function, with its places and what changed in it', () => {
    const after = changed(part =>
      part.path === 'report > fetchRate' ? f(part.path, 'fetch 2', { file: 'rates.mjs', line: 9 }) : part,
    )
    assert.deepEqual(codeChanges(BEFORE, after), [
      {
        kind: 'function',
        path: 'report > fetchRate',
        before: 'rates.mjs:4',
        after: 'rates.mjs:9',
        diff: '--- rates.mjs\n+++ rates.mjs\n@@ -4,1 +9,1 @@\n-fetch 1\n+fetch 2',
      },
    ])
  })

  it('name a captured value, and what may be told of it', () => {
    const after = changed(part => (part.kind === 'value' ? v(part.path, '6') : part))
    assert.deepEqual(codeChanges(BEFORE, after), [
      { kind: 'value', path: 'report > RATE', before: '5', after: '6' },
    ])
  })

  it('name a package once, from which version to which', () => {
    const after = changed(part => (part.kind === 'package' ? p(part.path, 'lodash', '4.17.21') : part))
    assert.deepEqual(codeChanges(BEFORE, after), [
      { kind: 'package', path: 'report > groupBy', before: 'lodash 4.17.20', after: 'lodash 4.17.21' },
    ])
  })

  it('say what is new and what is gone, and of a new function not what it captures', () => {
    const after = [
      f('report', 'report 2'),
      f('report > added', 'added'),
      v('report > added > LIMIT', '3'),
      p('report > z', 'zod', '4.0.0'),
    ]
    assert.deepEqual(
      codeChanges(BEFORE, after).map(({ kind, path, before, after }) => [kind, path, before, after]),
      [
        ['function', 'report', 'main.mjs:1', 'main.mjs:1'],
        ['added', 'report > z', undefined, 'zod 4.0.0'],
        ['added', 'report > added', undefined, 'main.mjs:1'],
        ['removed', 'report > RATE', '5', undefined],
        ['removed', 'report > groupBy', 'lodash 4.17.20', undefined],
        ['removed', 'report > fetchRate', 'rates.mjs:4', undefined],
      ],
    )
  })

  it('follow the captured values of a function that was renamed', () => {
    const before = [f('r', 'r'), f('r > a', 'same'), v('r > a > N', '1')]
    const after = [f('r', 'r'), f('r > b', 'same'), v('r > b > N', '2')]
    assert.deepEqual(codeChanges(before, after), [
      { kind: 'value', path: 'r > b > N', before: '1', after: '2' },
    ])
  })

  it('show the diffs of three functions, and of none whose source was not kept', () => {
    const paths = ['a', 'b', 'c', 'd']
    const changes = codeChanges(
      paths.map((path, i) => f(path, i === 0 ? '' : `${path} 1`)),
      paths.map(path => f(path, `${path} 2`)),
    )
    assert.deepEqual(
      changes.map(({ path, diff }) => [path, diff !== undefined]),
      [
        ['a', false],
        ['b', true],
        ['c', true],
        ['d', true],
      ],
    )
    const many = ['a', 'b', 'c', 'd'].map(path => [f(path, `${path} 1`), f(path, `${path} 2`)] as const)
    assert.deepEqual(
      codeChanges(
        many.map(pair => pair[0]),
        many.map(pair => pair[1]),
      ).map(({ diff }) => diff !== undefined),
      [true, true, true, false],
    )
  })

  it('show what was written in another way, where nothing else tells', () => {
    const changes = codeChanges([f('r', 'a()', { hash: 'h' })], [f('r', 'b()', { hash: 'h' })])
    assert.deepEqual(
      changes.map(({ kind, path }) => [kind, path]),
      [['function', 'r']],
    )
    assert.match(changes[0]!.diff!, /-a\(\)\n\+b\(\)/)
  })

  it('leave out what evaluating changes', () => {
    const before = [f('r', 'r'), v('r > n', '~')]
    assert.deepEqual(codeChanges(before, [f('r', 'r'), v('r > n', '7')]), [])
  })
})

describe('valueChangesAt', () => {
  it('names values by their places', () => {
    assert.deepEqual(valueChangesAt([0, 4], BEFORE, { before: ['s3:x'], after: ['s3:y', '', '', '', '1'] }), [
      {
        kind: 'value',
        path: 'report > RATE',
        before: 'a string of 3 characters',
        after: 'a string of 3 characters',
      },
      { kind: 'value', path: 'captured value 5', before: 'nothing', after: '1' },
    ])
  })
})

describe('withValues', () => {
  it('puts other values in place, where there are as many', () => {
    assert.deepEqual(withValues(BEFORE, ['7'])[1], v('report > RATE', '7'))
    assert.equal(withValues(BEFORE, []), BEFORE)
  })
})

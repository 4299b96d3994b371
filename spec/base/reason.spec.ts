import assert from 'node:assert/strict'
import { REASONS } from '../../lib/base/reason.ts'
import { textOf } from '../support/repository.ts'

// Programs compare with these names: one that is there is never renamed.
const NAMES = [
  'unkeyable',
  'not-readable',
  'absent',
  'evicted',
  'corrupt',
  'another-function',
  'code-changed',
  'version-changed',
  'dependency-changed',
  'expired',
  'rejected',
]

describe('REASONS', () => {
  it('has these names, in the order in which a verdict looks', () => {
    assert.deepEqual(Object.keys(REASONS), NAMES)
  })

  it('has words of its own for each, which go into the middle of a sentence', () => {
    const words = Object.values(REASONS)
    assert.equal(new Set<string>(words).size, words.length)
    for (const text of words) assert.match(text, /^[a-z].*[a-z]$/)
  })

  it('is the list, and the order, of docs/guide/when-recalled.md', () => {
    const rows = textOf('docs/guide/when-recalled.md').matchAll(/^\| `([a-z-]+)` +\|/gm)
    assert.deepEqual(
      Array.from(rows, ([, name]) => name),
      NAMES,
    )
  })
})

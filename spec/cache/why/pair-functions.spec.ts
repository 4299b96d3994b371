import assert from 'node:assert/strict'
import { pairFunctions } from '../../../lib/cache/why/pair-functions.ts'
import type { FunctionPart } from '../../../lib/fingerprint/part.ts'
import { functionPart } from '../../support/parts.ts'

function shown(before: readonly FunctionPart[], after: readonly FunctionPart[]): readonly string[] {
  const show = (part: FunctionPart | undefined) => (part === undefined ? '-' : `${part.path}=${part.source}`)
  return pairFunctions(before, after).map(pair => `${show(pair.before)} ${show(pair.after)}`)
}

describe('pairFunctions', () => {
  const f = functionPart

  it('finds a function again by its path', () => {
    assert.deepEqual(shown([f('r', '1'), f('r > a', '1')], [f('r', '2'), f('r > a', '1')]), [
      'r=1 r=2',
      'r > a=1 r > a=1',
    ])
  })

  it('finds one that was renamed, or moved, by its text', () => {
    assert.deepEqual(shown([f('r', '1'), f('r > a', '2')], [f('r', '1'), f('r > b', '2')]), [
      'r=1 r=1',
      'r > a=2 r > b=2',
    ])
  })

  it('finds one that was edited, and is reached by another way, by its name', () => {
    assert.deepEqual(shown([f('r > a > x', '1')], [f('r > b > x', '2')]), ['r > a > x=1 r > b > x=2'])
    const nameless = (path: string, source: string) => f(path, source, { name: '' })
    assert.deepEqual(shown([nameless('r > a', '1')], [nameless('r > b', '2')]), ['- r > b=2', 'r > a=1 -'])
  })

  it('tells several of one path apart by their texts, and else by their order', () => {
    assert.deepEqual(
      shown(
        [f('r > x', '1'), f('r > x', '2'), f('r > x', '3')],
        [f('r > x', '3'), f('r > x', '4'), f('r > x', '1')],
      ),
      ['r > x=3 r > x=3', 'r > x=2 r > x=4', 'r > x=1 r > x=1'],
    )
  })

  it('says what is new, and what is gone', () => {
    assert.deepEqual(shown([f('r', '1'), f('r > a', '2')], [f('r', '1'), f('r > b', '3')]), [
      'r=1 r=1',
      '- r > b=3',
      'r > a=2 -',
    ])
  })
})

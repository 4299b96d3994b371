import assert from 'node:assert/strict'
import { applyIgnore } from '../../lib/keys/ignore.ts'
import { parametersOf } from '../../lib/keys/parameters.ts'

describe('applyIgnore', () => {
  it('gives the arguments that count', () => {
    const parameters = parametersOf(new Function('return (a, b = 2) => 1')())
    assert.deepEqual(applyIgnore(parameters, [], [1, undefined, 3]), [1])
    assert.deepEqual(applyIgnore(parameters, ['b'], [1, 5]), [1])
  })
})

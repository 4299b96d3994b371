import assert from 'node:assert/strict'
import { pathFrom } from '../../lib/base/path-from.ts'

describe('pathFrom', () => {
  it('begins where the folder ends, for what lies in it', () => {
    assert.equal(pathFrom('/a/b', '/a/b/c/d.txt'), 'c/d.txt')
    assert.equal(pathFrom('/a/b', '/a/b/..c'), '..c')
    for (const outside of ['/a/b', '/a/bc', '/a', '/x/y']) assert.equal(pathFrom('/a/b', outside), outside)
  })
})

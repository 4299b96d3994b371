import assert from 'node:assert/strict'
import { engineErrno, isDamage, isPanic } from '../../../lib/stores/lmdb/mdb-error.ts'

const coded = (code: number, message = 'x') => Object.assign(new Error(message), { code })

describe('engineErrno', () => {
  it("is the system's name of what LMDB passes on, and LMDB's own of what it says itself", () => {
    assert.equal(engineErrno(coded(28)), 'ENOSPC')
    assert.equal(
      engineErrno(coded(-30792, 'MDB_MAP_FULL: Environment mapsize limit reached')),
      'MDB_MAP_FULL',
    )
  })

  it('is undefined for anything else', () => {
    for (const other of [new Error('x'), coded(-1), coded(1e6), { code: 28 }, undefined, null])
      assert.equal(engineErrno(other), undefined)
  })
})

describe('isDamage and isPanic', () => {
  it('tell a damaged file from an environment that has to be opened again', () => {
    assert.deepEqual(
      [-30796, -30793, -30795, 28].map(code => isDamage(coded(code))),
      [true, true, false, false],
    )
    assert.deepEqual(
      [-30796, -30793, -30795, 28].map(code => isPanic(coded(code))),
      [false, false, true, false],
    )
    assert.equal(isDamage(undefined), false)
  })
})

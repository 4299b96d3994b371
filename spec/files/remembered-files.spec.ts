import assert from 'node:assert/strict'
import type { FileStamp } from '../../lib/files/file-stamp.ts'
import { RememberedFiles } from '../../lib/files/remembered-files.ts'

describe('RememberedFiles', () => {
  const stamp = (text: string, changedAtMs = 0): FileStamp => ({ kind: 'file', text, changedAtMs })
  const nowMs = 10_000

  it('know a file as long as its stamp is the same', () => {
    const files = new RememberedFiles<number>(10)
    files.note('a', 1, { stamp: stamp('one'), nowMs })
    assert.equal(files.get('a', stamp('one')), 1)
    assert.equal(files.get('a', stamp('two')), undefined)
    assert.equal(files.get('b', stamp('one')), undefined)
  })

  it('know nothing of a file that changed a moment ago, and forget what they knew', () => {
    const files = new RememberedFiles<number>(10)
    files.note('a', 1, { stamp: stamp('one'), nowMs })
    files.note('a', 2, { stamp: stamp('one', nowMs - 1_999), nowMs })
    assert.equal(files.get('a', stamp('one')), undefined)
    files.note('a', 3, { stamp: stamp('one', nowMs - 2_000), nowMs })
    assert.equal(files.get('a', stamp('one')), 3)
  })

  it('know only so many, the last ones', () => {
    const files = new RememberedFiles<number>(2)
    for (const [i, path] of ['a', 'b', 'a', 'c'].entries())
      files.note(path, i, { stamp: stamp('one'), nowMs })
    assert.deepEqual(
      ['a', 'b', 'c'].map(path => files.get(path, stamp('one'))),
      [2, undefined, 3],
    )
  })
})

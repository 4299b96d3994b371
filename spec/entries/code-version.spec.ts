import assert from 'node:assert/strict'
import { ANY_CODE, judgeCodeVersion, renderCodeVersion } from '../../lib/entries/code-version.ts'

const asked = { code: 'c', version: 'v', deps: 'd' }

describe('judgeCodeVersion', () => {
  it('accepts what the same code made', () => {
    assert.equal(judgeCodeVersion(renderCodeVersion(asked), asked), undefined)
  })

  it('names what differs, the code first', () => {
    const other = { code: 'x', version: 'x', deps: 'x' }
    assert.equal(judgeCodeVersion(renderCodeVersion(other), asked), 'code-changed')
    assert.equal(judgeCodeVersion(renderCodeVersion({ ...other, code: 'c' }), asked), 'version-changed')
    assert.equal(judgeCodeVersion(renderCodeVersion({ ...asked, deps: 'x' }), asked), 'dependency-changed')
  })

  it('takes a version or deps that came or went for a change', () => {
    const bare = { code: 'c', version: '', deps: '' }
    assert.equal(judgeCodeVersion(renderCodeVersion(bare), { ...bare, version: 'v' }), 'version-changed')
    assert.equal(judgeCodeVersion(renderCodeVersion({ ...bare, deps: 'd' }), bare), 'dependency-changed')
  })

  it('accepts any code where the code is off', () => {
    assert.equal(judgeCodeVersion(renderCodeVersion(asked), { ...asked, code: '' }), undefined)
  })

  it('accepts what a block set, whatever is asked for', () => {
    assert.equal(judgeCodeVersion(ANY_CODE, asked), undefined)
  })
})

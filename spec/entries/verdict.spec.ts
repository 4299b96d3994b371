import assert from 'node:assert/strict'
import { type Asked, judge, miss } from '../../lib/entries/verdict.ts'
import { entryOf, versionOfCode } from '../support/entries.ts'

const ASKED: Asked = {
  name: 'area',
  code: versionOfCode('one'),
  nowMs: 2_000,
  ttlMs: undefined,
  errorTtlMs: undefined,
  errors: false,
}

function reasonOf(verdict: ReturnType<typeof judge>): string | undefined {
  return verdict.hit ? undefined : verdict.because
}

describe('judge', () => {
  it('hits on what was made by the same function, code and time', () => {
    const entry = entryOf(1)
    assert.deepEqual(judge(entry, ASKED), { hit: true, entry })
  })

  it("misses on another function's entry", () => {
    assert.equal(reasonOf(judge(entryOf(1, { name: 'volume' }), ASKED)), 'another-function')
  })

  it('asks no name of what a block set, and none for a function without one', () => {
    assert.equal(reasonOf(judge(entryOf(1, { name: '', codeVersion: '' }), ASKED)), undefined)
    assert.equal(reasonOf(judge(entryOf(1, { name: 'volume' }), { ...ASKED, name: '' })), undefined)
  })

  it('misses on other code, before it looks at the time', () => {
    const entry = entryOf(1, { codeVersion: 'two...', expiresAtMs: 0 })
    assert.equal(reasonOf(judge(entry, ASKED)), 'code-changed')
  })

  it('says which captured values are not what they were', () => {
    const code = versionOfCode('one', ['a', 'x'])
    const entry = entryOf(1, { codeVersion: 'one...v', values: 'a b' })
    const verdict = judge(entry, { ...ASKED, code })
    assert.deepEqual(verdict, { hit: false, because: 'code-changed', entry, changedValues: [1] })
  })

  it('expires at the very millisecond', () => {
    const entry = entryOf(1, { expiresAtMs: 2_000 })
    assert.equal(reasonOf(judge(entry, { ...ASKED, nowMs: 1_999 })), undefined)
    assert.equal(reasonOf(judge(entry, { ...ASKED, nowMs: 2_000 })), 'expired')
  })

  it('expires by the current ttl too', () => {
    assert.equal(reasonOf(judge(entryOf(1), { ...ASKED, ttlMs: 1_001 })), undefined)
    assert.equal(reasonOf(judge(entryOf(1), { ...ASKED, ttlMs: 1_000 })), 'expired')
  })

  it('takes what was made in the future for expired', () => {
    assert.equal(reasonOf(judge(entryOf(1, { createdAtMs: 2_001 }), ASKED)), 'expired')
    assert.equal(reasonOf(judge(entryOf(1, { createdAtMs: 2_000 }), ASKED)), undefined)
  })

  it('rejects a kept error where errors do not count, and bounds it by its own ttl where they do', () => {
    const error = entryOf(1, { status: 'error' })
    assert.equal(reasonOf(judge(error, ASKED)), 'rejected')
    assert.equal(reasonOf(judge(error, { ...ASKED, errors: true, ttlMs: 1 })), undefined)
    assert.equal(reasonOf(judge(error, { ...ASKED, errors: true, errorTtlMs: 1 })), 'expired')
  })
})

describe('miss', () => {
  it('carries the entry only where there is one', () => {
    assert.deepEqual(miss('absent'), { hit: false, because: 'absent' })
    const entry = entryOf(1)
    assert.deepEqual(miss('corrupt', entry), { hit: false, because: 'corrupt', entry })
  })
})

import assert from 'node:assert/strict'
import { parseAccess } from '../../lib/cache/access.ts'
import { dictCall, titleOf, WHATEVER_CODE } from '../../lib/cache/dict-call.ts'
import { defaultCodec } from '../../lib/codec/codec.ts'
import { userKeyOf } from '../../lib/entries/entry-key.ts'

describe('dictCall', () => {
  const defaults = { access: parseAccess('rew'), codec: defaultCodec }
  const callOf = (fn: () => unknown, options = {}) =>
    dictCall('rows', userKeyOf('rows'), fn, options, defaults)

  it('asks for the value of the key under the code of the function', () => {
    const rows = () => 1
    const call = callOf(rows, { refresh: true, ttl: '1 s' })
    assert.deepEqual([call.storeKey, call.shown(), call.args], [userKeyOf('rows'), ['rows'], []])
    assert.deepEqual([call.settings.name, call.settings.ttlMs, call.refresh], ['rows', 1000, true])
    assert.equal(call.evaluate, rows)
    assert.equal(call.title(), titleOf('rows'))
    assert.notDeepEqual(call.code(), callOf(() => 2).code())
  })

  it('reads the code once, when it is first asked for', () => {
    let n = 1
    const call = callOf(() => n)
    const code = call.code()
    n = 2
    assert.equal(call.code(), code)
  })
})

describe('WHATEVER_CODE', () => {
  it('names no code, and refuses none', () => {
    assert.equal(WHATEVER_CODE.code(), undefined)
    assert.equal(WHATEVER_CODE.program.refusal(), undefined)
    assert.deepEqual(WHATEVER_CODE.program.watch()(), [])
    assert.deepEqual(WHATEVER_CODE.program.reading().parts(), [])
  })
})

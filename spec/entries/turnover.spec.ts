import assert from 'node:assert/strict'
import { readTurnover, turnoverKeyOf, turnoverOf } from '../../lib/entries/turnover.ts'

describe('When results of a function became other ones', () => {
  it('is noted under its name, however long that is', () => {
    for (const name of ['load', 'ö/:', 'x'.repeat(500), `${'x'.repeat(499)}y`]) {
      const { key, bytes } = turnoverOf(name, 1_234.5)
      assert.equal(key, turnoverKeyOf(name))
      assert.equal(readTurnover(bytes, name), 1_234.5)
      assert.equal(readTurnover(bytes, `${name}!`), undefined)
    }
    assert.notEqual(turnoverKeyOf('x'.repeat(500)), turnoverKeyOf(`${'x'.repeat(499)}y`))
  })

  it('is not said by what is damaged or missing', () => {
    const bytes = turnoverOf('load', 5).bytes!
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte))
      assert.equal(readTurnover(damaged, 'load'), undefined)
    }
    assert.equal(readTurnover(bytes.subarray(1), 'load'), undefined)
    assert.equal(readTurnover(undefined, 'load'), undefined)
  })
})

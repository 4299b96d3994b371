import assert from 'node:assert/strict'
import { readStatic } from '../../lib/fingerprint/static.ts'

describe('A reading of whole files', () => {
  it('is the text of the function, and the files of the program', () => {
    const helper = (n: number) => n
    const [one, other] = [readStatic(() => helper(1)), readStatic(() => helper(2))]
    assert.notEqual(one.text, other.text)
    assert.equal(one.text.split('\n').slice(1).join(), other.text.split('\n').slice(1).join())
    assert.match(one.text, /\n[\da-f]{64}/)
  })

  it('does not see captured values, and says so', () => {
    const make = (n: number) => () => n
    const reading = readStatic(make(1))
    assert.equal(reading.text, readStatic(make(2)).text)
    assert.equal(reading.mode, 'static')
    assert.deepEqual(reading.values, [])
    assert.deepEqual(reading.findings[0], { kind: 'static', path: 'the function' })
  })
})

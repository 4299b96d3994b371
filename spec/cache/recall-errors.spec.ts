import assert from 'node:assert/strict'
import { missError, recursionError } from '../../lib/cache/recall-errors.ts'

describe('missError', () => {
  it('says what is missing, where, why, and which flag would help', () => {
    const reading = missError('area(3)', 'shapes.cache', 'expired', {
      read: true,
      evaluate: false,
      write: true,
    })
    assert.match(reading.message, /area\(3\) in shapes\.cache \(.*expired\).*access "rw".*Add "e"/)
    assert.deepEqual(
      [reading.code, reading.details],
      ['ERR_CACHE_MISS', { because: 'expired', access: 'rw' }],
    )
    const writing = missError('area(3)', 'x', 'not-readable', { read: false, evaluate: false, write: true })
    assert.match(writing.message, /area\(3\) may not be read from x, and access "w"/)
  })
})

describe('recursionError', () => {
  it('names the call and the way out', () => {
    assert.match(recursionError('area(3)').message, /area\(3\) needs its own result.*another key/)
  })
})

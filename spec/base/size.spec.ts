import assert from 'node:assert/strict'
import { renderSize, sizeBytes } from '../../lib/base/size.ts'

describe('sizeBytes', () => {
  it('takes bytes, and a number with a unit', () => {
    const known = {
      '1B': 1,
      '500 KB': 500_000,
      '50 MB': 50_000_000,
      '10 GB': 1e10,
      '2TB': 2e12,
      '64 KiB': 65_536,
      '1.5 MiB': 1_572_864,
      '1GiB': 2 ** 30,
      '1 TiB': 2 ** 40,
    }
    for (const [text, bytes] of Object.entries(known)) assert.equal(sizeBytes(text, 'maxSize'), bytes)
    assert.equal(sizeBytes(' 1.5 kB ', 'maxSize'), 1_500)
    assert.equal(sizeBytes(1, 'maxSize'), 1)
    assert.equal(sizeBytes(10.9, 'maxSize'), 10)
  })

  it('refuses everything else with a TypeError that names the option and the value', () => {
    const bad = ['', '5', 'MB', '-1 MB', '1 PB', '1e3 MB', '0 MB', '0.5B', 0, -1, Number.NaN, Infinity, null]
    for (const size of [...bad, undefined, {}, 5n, '99999999 TB']) {
      assert.throws(() => sizeBytes(size, 'maxSize'), {
        name: 'TypeError',
        message: /^maxSize is .*no size/s,
      })
    }
    assert.throws(() => sizeBytes('1 PB', 'maxSize'), /^TypeError: maxSize is '1 PB', .*'50 MB'/)
  })
})

describe('renderSize', () => {
  it('gives three digits and a decimal unit', () => {
    const texts = [0, 1, 999, 999.6, 1_000, 1_234, 99_960, 999_499, 999_600, 5e6, 1.25e10, 5e15].map(
      renderSize,
    )
    assert.deepEqual(texts, [
      '0 B',
      '1 B',
      '999 B',
      '1 KB',
      '1 KB',
      '1.23 KB',
      '100 KB',
      '999 KB',
      '1 MB',
      '5 MB',
      '12.5 GB',
      '5000 TB',
    ])
  })
})

import assert from 'node:assert/strict'
import { wordsIn } from '../../../lib/fingerprint/normal-form/words.ts'

describe('wordsIn', () => {
  it('gives every word that may be a name, once', () => {
    assert.deepEqual(wordsIn('a.b(1, $c, _d2, "é", a)'), ['a', 'b', '$c', '_d2', 'é'])
  })

  it('gives what is spelled with escapes too', () => {
    assert.ok(wordsIn('\\u0061bc').includes('abc'))
    assert.ok(wordsIn('\\u{61}bc').includes('abc'))
    assert.ok(wordsIn('"\\u{ffffff}" a').includes('a'))
  })

  it('gives none of a text without words', () => {
    assert.deepEqual(wordsIn('1 + 2'), [])
  })
})

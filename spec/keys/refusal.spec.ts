import assert from 'node:assert/strict'
import { Refusal, unkeyable } from '../../lib/keys/refusal.ts'

describe('unkeyable', () => {
  it('says what happened, to what, and what to do', () => {
    const error = unkeyable(new Refusal('AbortSignal', undefined, '.signal'), 'args[0]')
    assert.equal(error.code, 'ERR_CACHE_UNKEYABLE')
    assert.equal(
      error.message,
      "Cannot make a key of args[0].signal: an AbortSignal has no stable identity. Leave the parameter out with ignore: ['…'], or give innerKey.",
    )
    assert.deepEqual({ ...error.details }, { path: 'args[0].signal', type: 'AbortSignal' })
  })

  it('finds the article', () => {
    const article = (type: string): string | undefined =>
      /: (an?) /.exec(unkeyable(new Refusal(type), 'key').message)?.[1]
    for (const type of ['Object', 'accessor', 'EventEmitter', 'Umbrella'])
      assert.equal(article(type), 'an', type)
    for (const type of ['Socket', 'unique symbol', 'URL', 'UTF8Stream', 'User'])
      assert.equal(article(type), 'a', type)
  })

  it('has a word for what has no name', () => {
    assert.match(unkeyable(new Refusal(''), 'key').message, /key: a nameless object has no stable identity/)
  })
})

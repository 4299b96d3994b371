import assert from 'node:assert/strict'
import { propertyStep, Refusal, typeName, unkeyable } from '../../lib/keys/refusal.ts'

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
})

describe('propertyStep', () => {
  it('writes names as a program would', () => {
    assert.equal(propertyStep('name'), '.name')
    assert.equal(propertyStep('größe'), '.größe')
    assert.equal(propertyStep('a b'), '["a b"]')
    assert.equal(propertyStep(''), '[""]')
    assert.equal(propertyStep(Symbol.iterator), '[Symbol(Symbol.iterator)]')
  })
})

describe('typeName', () => {
  it('names the class, without running code', () => {
    class Own {
      get [Symbol.toStringTag](): string {
        return assert.fail('was run')
      }
    }
    assert.equal(typeName(new Own()), 'Own')
    assert.equal(typeName([].values()), 'Array Iterator')
    assert.equal(typeName(Object.create(null)), 'object')
  })
})

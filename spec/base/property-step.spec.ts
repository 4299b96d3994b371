import assert from 'node:assert/strict'
import { propertyStep } from '../../lib/base/property-step.ts'

describe('propertyStep', () => {
  it('writes names as a program would', () => {
    assert.equal(propertyStep('name'), '.name')
    assert.equal(propertyStep('größe'), '.größe')
    assert.equal(propertyStep('a\u200db'), '.a\u200db')
    assert.equal(propertyStep('a b'), '["a b"]')
    assert.equal(propertyStep(''), '[""]')
    assert.equal(propertyStep('10'), '[10]')
    assert.equal(propertyStep('01'), '["01"]')
    assert.equal(propertyStep(Symbol.iterator), '[Symbol(Symbol.iterator)]')
  })
})

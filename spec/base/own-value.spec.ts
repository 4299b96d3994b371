import assert from 'node:assert/strict'
import { inheritedValue, ownValue } from '../../lib/base/own-value.ts'

describe('ownValue and inheritedValue', () => {
  class Base {
    get asked(): number {
      return assert.fail('asked')
    }
    shared(): number {
      return 1
    }
  }

  it('read data, and run no getter', () => {
    const object = Object.assign(new Base(), { own: 1 })
    assert.equal(ownValue(object, 'own'), 1)
    assert.equal(ownValue(object, 'shared'), undefined)
    assert.equal(inheritedValue(object, 'shared'), Base.prototype.shared)
    assert.equal(inheritedValue(object, 'asked'), undefined)
    assert.equal(inheritedValue(object, 'nobody'), undefined)
  })

  it('ask no Proxy', () => {
    const trap = () => assert.fail('asked')
    const proxy = new Proxy({}, { getOwnPropertyDescriptor: trap, getPrototypeOf: trap, get: trap })
    assert.equal(ownValue(proxy, 'a'), undefined)
    assert.equal(inheritedValue(Object.setPrototypeOf({ b: 1 }, proxy), 'a'), undefined)
    assert.equal(inheritedValue(Object.setPrototypeOf({ b: 1 }, proxy), 'b'), 1)
  })
})

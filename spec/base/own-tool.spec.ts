import assert from 'node:assert/strict'
import { isOwnTool, OWN_TOOL } from '../../lib/base/own-tool.ts'

describe('isOwnTool', () => {
  class Cache {
    declare readonly [OWN_TOOL]: true
    static {
      Object.defineProperty(Cache.prototype, OWN_TOOL, { value: true })
    }
  }

  it('holds for what says so itself, or by its class', () => {
    assert.equal(isOwnTool(new Cache()), true)
    assert.equal(isOwnTool(new (class extends Cache {})()), true)
    assert.equal(isOwnTool(Object.defineProperty({}, OWN_TOOL, { value: true })), true)
    assert.equal(isOwnTool({}), false)
    assert.equal(isOwnTool(Object.create(null)), false)
  })

  it('asks no getter', () => {
    const object = Object.defineProperty({}, OWN_TOOL, { get: () => assert.fail('asked') })
    assert.equal(isOwnTool(object), false)
  })

  it('asks no Proxy', () => {
    const bomb = () => assert.fail('asked')
    const proxy = new Proxy({}, { getOwnPropertyDescriptor: bomb, getPrototypeOf: bomb, get: bomb })
    assert.equal(isOwnTool(proxy), false)
    assert.equal(isOwnTool(Object.create(proxy)), false)
  })
})

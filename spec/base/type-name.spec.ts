import assert from 'node:assert/strict'
import { typeName, withArticle } from '../../lib/base/type-name.ts'

class Socket {}

describe('typeName', () => {
  const names: [string, unknown][] = [
    ['null', null],
    ['number', 1],
    ['function', Socket],
    ['Socket', new Socket()],
    ['Object', {}],
    ['object', Object.create(null)],
    ['Proxy', new Proxy(new Socket(), { getPrototypeOf: () => assert.fail('ran a trap') })],
    ['Proxy', Object.create(new Proxy({}, { getOwnPropertyDescriptor: () => assert.fail('ran a trap') }))],
    ['Array Iterator', [].values()],
    ['Generator', (function* () {})()],
    ['Object', Object.create({ constructor: 1, [Symbol.toStringTag]: 2 })],
  ]
  for (const [index, [name, value]] of names.entries()) {
    it(`calls value ${index} ${name}`, () => assert.equal(typeName(value), name))
  }

  it('runs no accessor', () => {
    const prototype = Object.defineProperty({}, 'constructor', { get: () => assert.fail('ran a getter') })
    assert.equal(typeName(Object.create(prototype)), 'Object')
  })
})

describe('withArticle', () => {
  it('is an before a vowel that is spoken as one', () => {
    for (const type of ['Object', 'accessor', 'EventEmitter', 'Umbrella'])
      assert.equal(withArticle(type), `an ${type}`)
    for (const type of ['Socket', 'unique symbol', 'URL', 'UTF8Stream', 'User'])
      assert.equal(withArticle(type), `a ${type}`)
  })
})

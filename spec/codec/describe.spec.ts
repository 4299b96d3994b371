import assert from 'node:assert/strict'
import { typeName, withArticle } from '../../lib/codec/describe.ts'

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
  it('takes an before a vowel', () => {
    assert.equal(withArticle('Socket'), 'a Socket')
    assert.equal(withArticle('Emitter'), 'an Emitter')
  })
})

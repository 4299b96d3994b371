import assert from 'node:assert/strict'
import { ABSENT } from '../../lib/keys/atoms.ts'
import { inheritedData, ownFields } from '../../lib/keys/own-fields.ts'
import { Refusal } from '../../lib/keys/refusal.ts'

describe('ownFields', () => {
  it('gives names in the order of code units, symbols last', () => {
    const symbol = Symbol.for('a')
    const { names, values } = ownFields({ b: 1, [symbol]: 2, '\u{1f600}': 3, '\uffff': 4, 10: 5, 9: 6 })
    assert.deepEqual(names, ['10', '9', 'b', '\u{1f600}', '\uffff', symbol])
    assert.deepEqual(values, [5, 6, 1, 3, 4, 2])
  })

  it('leaves out what is skipped, inherited or not enumerable', () => {
    const object = Object.defineProperty(Object.create({ inherited: 1 }), 'hidden', { value: 1 })
    assert.deepEqual(ownFields(Object.assign(object, { a: 1, b: 2 }), name => name === 'b').names, ['a'])
    assert.deepEqual(ownFields(Object.assign([1, 2], { [Symbol.for('a')]: 1 }), 'strings').names, [
      Symbol.for('a'),
    ])
  })

  it('refuses accessors and unique symbols', () => {
    assert.throws(() => ownFields({ get a() { return 1 } }), Refusal) // biome-ignore format: one line
    assert.throws(() => ownFields({ [Symbol('a')]: 1 }), Refusal)
  })
})

describe('inheritedData', () => {
  it('gives the nearest data property, and runs no getter of a class', () => {
    class Named extends Error {
      override get message(): string {
        return assert.fail('was run')
      }
    }
    assert.equal(inheritedData(new Error('m'), 'message', ABSENT), 'm')
    assert.equal(inheritedData(new Error(), 'name', ABSENT), 'Error')
    assert.equal(inheritedData(new Named(), 'message', ABSENT), ABSENT)
    assert.equal(inheritedData(new Error(), 'cause', ABSENT), ABSENT)
  })
})

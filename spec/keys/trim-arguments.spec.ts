import assert from 'node:assert/strict'
import type { AnyFunction } from '../../lib/keys/source.ts'
import { trimArguments } from '../../lib/keys/trim-arguments.ts'

const trim = (source: string, ...args: readonly unknown[]): readonly unknown[] =>
  trimArguments(new Function(`return ${source}`)() as AnyFunction, args)

describe('trimArguments', () => {
  it('takes trailing undefined for an argument left out', () => {
    assert.deepEqual(trim('(a, b) => 1', 1, undefined), [1])
    assert.deepEqual(trim('(a, b) => 1', undefined, undefined), [])
    assert.deepEqual(trim('(a, b) => 1', undefined, 1), [undefined, 1])
    assert.deepEqual(trim('(a, b) => 1', 1), [1])
    assert.deepEqual(trim('(a, b = 2) => 1', 1, undefined), [1])
    assert.deepEqual(trim('() => 1'), [])
  })

  it('keeps it where the function may see the difference', () => {
    assert.deepEqual(trim('(...a) => 1', undefined), [undefined])
    assert.deepEqual(trim('(a, ...b) => 1', 1, undefined), [1, undefined])
    assert.deepEqual(trim('function (a, b) { return arguments.length }', 1, undefined), [1, undefined])
    assert.deepEqual(trim('(a, code) => eval(code)', 1, undefined), [1, undefined])
    assert.deepEqual(trimArguments(Math.max, [1, undefined]), [1, undefined])
  })

  it('is not misled by a length that a wrapper copied', () => {
    const wrapper = new Function('return (...args) => args.length')() as AnyFunction
    Object.defineProperty(wrapper, 'length', { value: 2 })
    assert.deepEqual(trimArguments(wrapper, [1, undefined]), [1, undefined])
  })
})

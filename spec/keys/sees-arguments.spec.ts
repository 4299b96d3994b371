import assert from 'node:assert/strict'
import { parseFunction } from '../../lib/base/parse-function.ts'
import { seesArguments } from '../../lib/keys/sees-arguments.ts'

const sees = (source: string): boolean => {
  const parsed = parseFunction(source)
  assert.ok(parsed !== undefined, source)
  return seesArguments(parsed.node, parsed.text)
}

describe('seesArguments', () => {
  for (const source of [
    'function (a) { return arguments.length }',
    'function (a) { return () => arguments }',
    'function (a) { return \\u0061rguments.length }',
    'function f(a) { return f.arguments }',
    "function f(a) { return f['arguments'] }",
    'function (a = eval("1")) {}',
    'm(a) { return eval(a) }',
    'class A extends B { m() {} }',
  ])
    it(`holds for ${source}`, () => assert.equal(sees(source), true))

  for (const source of [
    'function (a) { return a }',
    'function (a) { /* arguments, eval */ return "the arguments \\u0061" }',
    '(a) => `eval arguments`',
    'class A { constructor(a) {} }',
    'class A { m() {} }',
    'class A extends B { constructor(a) { super(a) } }',
  ])
    it(`does not hold for ${source}`, () => assert.equal(sees(source), false))
})

import assert from 'node:assert/strict'
import type { Expression } from 'acorn'
import { acorn, PARSE_OPTIONS } from '../../lib/base/acorn.ts'
import { constantOf } from '../../lib/keys/constant.ts'

const constant = (source: string) =>
  constantOf(acorn().parseExpressionAt(`(${source})`, 0, PARSE_OPTIONS) as Expression)

describe('constantOf', () => {
  for (const [source, value] of [
    ['1', 1],
    ['-1.5', -1.5],
    ['-0', -0],
    ['-2n', -2n],
    ["'a'", 'a'],
    ['`a b`', 'a b'],
    ['true', true],
    ['null', null],
    ['undefined', undefined],
    ['[1, [2]]', [1, [2]]],
    ["{ a: 1, 'b c': { d: [] } }", { a: 1, 'b c': { d: [] } }],
  ] as const) {
    it(`knows ${source}`, () => assert.deepStrictEqual(constant(source), { value }))
  }

  for (const source of [
    'x',
    'f()',
    '1 + y',
    '/a/g',
    ['`a$', '{b}`'].join(''),
    '[...a]',
    '[, 1]',
    '[f()]',
    '{ a }',
    '{ ...a }',
    '{ [a]: 1 }',
    '{ a() {} }',
    '{ get a() { return 1 } }',
    '{ __proto__: null }',
    '!0',
    '-x',
    '() => 1',
  ]) {
    it(`does not take ${source} for a constant`, () => assert.equal(constant(source), undefined))
  }
})

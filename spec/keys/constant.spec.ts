import assert from 'node:assert/strict'
import type { Expression } from 'acorn'
import { acorn, PARSE_OPTIONS } from '../../lib/base/acorn.ts'
import { constantOf } from '../../lib/keys/constant.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: the source of one
const TEMPLATE = '`a${1}b ${null}`'

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
    ['+1', 1],
    ["+'2'", 2],
    ['~5', -6],
    ['~5n', -6n],
    ['!0', true],
    ['!1', false],
    ["!''", true],
    ['void 0', undefined],
    ['-true', -1],
    ['60 * 60 * 24', 86400],
    ['1 / 0', Number.POSITIVE_INFINITY],
    ['2 ** 10 - 7 % 4', 1021],
    ['1 << 4 | 3 & 2 ^ 1', 19],
    ['-8 >>> 28', 15],
    ['-8 >> 1', -4],
    ["'a' + 'b' + 1", 'ab1'],
    ["1 + '' + -0", '10'],
    [TEMPLATE, 'a1b null'],
    ['[1, [2]]', [1, [2]]],
    ["{ a: 1, 'b c': { d: [] } }", { a: 1, 'b c': { d: [] } }],
  ] as const) {
    it(`knows ${source}`, () => assert.deepStrictEqual(constant(source), { value }))
  }

  for (const source of [
    'x',
    'f()',
    '1 + y',
    "1 + f() + 'a'",
    '[] + {}',
    '![]',
    '+[]',
    ['`$', '{[]}`'].join(''),
    '+1n',
    '1n + 1n',
    "'a' * 2",
    "'a' + null",
    'true + true',
    '1 < 2',
    '1 && 2',
    'typeof 1',
    'NaN',
    'Infinity',
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
    '!x',
    '-x',
    '() => 1',
  ]) {
    it(`does not take ${source} for a constant`, () => assert.equal(constant(source), undefined))
  }
})

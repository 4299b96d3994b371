import { changes } from './case.ts'

const TEMPLATE = `export const main = a => \`x \${a} y\``

/** Cases 1 to 17: the text of the function itself. */
export const OWN_BODY = [
  changes(1, 'an operator', 'export const main = (a, b) => a + b', ['a + b', 'a - b']),
  changes(1, 'the order of two operators', 'export const main = (a, b, c) => (a + b) * c', [
    '(a + b) * c',
    'a + b * c',
  ]),
  changes(1, 'an assignment operator', 'export function main(a) { let n = a; n += 2; return n }', [
    '+=',
    '*=',
  ]),
  changes(2, 'a number', 'export const main = a => a + 1', ['1', '2']),
  changes(3, 'a string', "export const main = a => a + 'x'", ["'x'", "'y'"]),
  changes(3, 'a string that looks like a name of the normal form', "export const main = a => a + 'L0'", [
    "'L0'",
    'a',
  ]),
  changes(4, 'the text of a template', TEMPLATE, ['y`', 'z`']),
  changes(4, 'a template to the text that it is written in', TEMPLATE, [`\`x \${a} y\``, `'x \${a} y'`]),
  changes(5, 'the flags of a regular expression', 'export const main = a => /x/g.test(a)', ['/x/g', '/x/gi']),
  changes(6, 'a default', 'export function main(a = 1) { return a }', ['a = 1', 'a = 2']),
  changes(6, 'a default within a pattern', 'export function main({ a = 1 } = {}) { return a }', [
    'a = 1',
    'a = 2',
  ]),
  changes(
    6,
    'a function that is a default',
    'const help = a => a + 1\nexport const main = (a, f = help) => f(a)',
    ['a + 1', 'a + 2'],
  ),
  changes(7, 'an await', 'export async function main(a) { return a }', ['return a', 'return await a']),
  changes(8, 'the order of parameters', 'export function main(a, b) { return a - b }', ['(a, b)', '(b, a)']),
  changes(9, 'the order of statements', 'export function main(a) { a.x(); a.y(); return a }', [
    'a.x(); a.y()',
    'a.y(); a.x()',
  ]),
  changes(10, 'the name of a property', 'export const main = a => a.width', ['width', 'height']),
  changes(10, 'the name of a property of the result', 'export const main = a => ({ width: a })', [
    'width',
    'height',
  ]),
  changes(10, 'a shorthand property, renamed', 'export const main = width => ({ width })', [
    'width => ({ width })',
    'height => ({ height })',
  ]),
  changes(11, 'an optional member', 'export const main = a => a.x', ['a.x', 'a?.x']),
  changes(11, 'how far an optional chain goes', 'export const main = a => a?.x.y', ['a?.x.y', '(a?.x).y']),
  changes(12, 'sync to async', 'export function main(a) { return a }', ['function', 'async function']),
  changes(12, 'a function to a generator', 'export function main(a) { return a }', ['function', 'function*']),
  changes(
    13,
    'var to let in a loop',
    'export function main() { const f = []; for (var i = 0; i < 3; i++) f.push(() => i); return f.map(g => g()) }',
    ['var', 'let'],
  ),
  changes(14, 'a function inside', 'export function main(a) { const f = b => b + 1; return f(a) }', [
    'b + 1',
    'b + 2',
  ]),
  changes(
    14,
    'which of two variables a function inside sees',
    'export function main(a, b) { return () => a }',
    ['() => a', '() => b'],
  ),
  changes(15, 'a bigint', 'export const main = () => 1n', ['1n', '1']),
  changes(16, '"use strict"', { 'main.cjs': 'exports.main = function () { return this }' }, [
    '{ return',
    '{ "use strict"; return',
  ]),
  changes(
    17,
    'the raw text of a tagged template',
    String.raw`export const main = () => String.raw${'`'}\x41${'`'}`,
    [String.raw`\x41`, 'A'],
  ),
]

import { keeps } from './case.ts'

/** Cases 18 to 37: what says the same in other words. */
export const LAYOUT = [
  keeps(18, 'whitespace', 'export function main(a) { const b = a; return b + 1 }', [
    '{ const b = a; return b + 1 }',
    '{\n\n  const  b=a\n\treturn b+1\r\n}',
  ]),
  keeps(19, 'comments', 'export function main(a) { return a + 1 }', [
    '{ return a + 1 }',
    '{ /* one */ return a /* two */ + 1 // three\n}',
  ]),
  keeps(20, 'quotes', "export const main = () => 'it is'", ["'it is'", '"it is"']),
  keeps(20, 'a template without values', "export const main = () => 'it is'", ["'it is'", '`it is`']),
  keeps(20, 'an escape', "export const main = () => 'A'", ["'A'", String.raw`'\x41'`]),
  keeps(21, 'how a number is spelled', 'export const main = () => 255', ['255', '0xff']),
  keeps(21, 'separators within a number', 'export const main = () => 1000000', ['1000000', '1_000_000']),
  keeps(22, 'parentheses', 'export const main = (a, b) => a + b * 2', ['a + b * 2', '(a + (b * 2))']),
  keeps(22, 'parentheses round one parameter', 'export const main = a => a', ['a =>', '(a) =>']),
  keeps(23, 'trailing commas', 'export function main(a, b) { return [a, b] }', ['(a, b)', '(a, b,)']),
  keeps(23, 'semicolons', 'export function main(a) { const b = a; return b; }', [
    'const b = a; return b;',
    'const b = a\n return b',
  ]),
  keeps(24, 'braces', 'export function main(a) { if (a) return 1; else return 2 }', [
    'if (a) return 1; else return 2',
    'if (a) { return 1 } else { return 2 }',
  ]),
  keeps(25, 'the body of an arrow', 'export const main = a => a + 1', ['a + 1', '{ return a + 1 }']),
  keeps(26, 'shorthand', 'export const main = a => ({ a })', ['{ a }', '{ a: a }']),
  keeps(27, 'a quoted key', 'export const main = a => ({ size: a })', ['size', "'size'"]),
  keeps(28, 'the name of a local', 'export function main(a) { const b = a + 1; return b * b }', [
    'const b = a + 1; return b * b',
    'const sum = a + 1; return sum * sum',
  ]),
  keeps(28, 'the name of a parameter', 'export const main = (a, b) => a - b', [
    '(a, b) => a - b',
    '(x, y) => x - y',
  ]),
  keeps(
    29,
    'the name of the function',
    'function f(n) { return n < 2 ? 1 : n * f(n - 1) }\nexport const main = f',
    [
      'function f(n) { return n < 2 ? 1 : n * f(n - 1) }\nexport const main = f',
      'function factorial(n) { return n < 2 ? 1 : n * factorial(n - 1) }\nexport const main = factorial',
    ],
  ),
  keeps(30, 'the name of a helper', 'const help = a => a + 1\nexport const main = a => help(a)', [
    'const help = a => a + 1\nexport const main = a => help(a)',
    'const assist = a => a + 1\nexport const main = a => assist(a)',
  ]),
  keeps(30, 'the name of a constant', 'const RATE = 3\nexport const main = a => a * RATE', [
    'const RATE = 3\nexport const main = a => a * RATE',
    'const FACTOR = 3\nexport const main = a => a * FACTOR',
  ]),
  keeps(31, 'another function', 'export const other = a => a + 1\nexport const main = a => a', [
    'a + 1',
    'a + 2',
  ]),
  keeps(
    31,
    'another function, that calls this one',
    'export const other = () => main(1)\nexport const main = a => a',
    ['main(1)', 'main(2)'],
  ),
  keeps(32, 'another constant', 'export const OTHER = 1\nexport const main = a => a', ['1', '2']),
  keeps(
    33,
    'moved within its file',
    'const k = 2\nexport function main(a) { return a * k }\nexport const z = 1',
    [
      'const k = 2\nexport function main(a) { return a * k }\nexport const z = 1',
      'export const z = 1\n\n\nexport function main(a) { return a * k }\nconst k = 2',
    ],
  ),
  keeps(
    34,
    'moved to another folder',
    {
      'main.mjs': "export { main } from './area.mjs'",
      'area.mjs': "import { k } from './k.mjs'\nexport const main = a => a * k",
      'k.mjs': 'export const k = 2',
    },
    {
      'main.mjs': "export { main } from './deep/er/shape.mjs'",
      'deep/er/shape.mjs': "import { k } from '../constants.mjs'\nexport const main = a => a * k",
      'deep/constants.mjs': 'export const k = 2',
    },
  ),
  keeps(35, 'debugger', 'export function main(a) { return a }', ['{ return', '{ debugger; return']),
  keeps(
    36,
    'an import that is not used',
    { 'main.mjs': 'export const main = a => a', 'k.mjs': 'export const k = 1' },
    ['export const main', "import { k } from './k.mjs'\nexport const main"],
  ),
  keeps(37, 'types', { 'main.ts': 'export function main(a: number) { return a + 1 }' }, [
    'export function main(a: number) { return a + 1 }',
    'interface Size { a: number }\ntype N = Size["a"]\nexport function main(a: N): N { return (a as number) + 1 }',
  ]),
  keeps(37, 'type parameters', { 'main.ts': 'export const main = (a: unknown[]) => a[0]' }, [
    '(a: unknown[]) => a[0]',
    '<T,>(a: readonly T[]): T => a[0]!',
  ]),
  keeps(
    115,
    'an import to what vitest makes of it',
    {
      'main.mjs': "import { help, k } from './help.mjs'\nexport const main = a => help(a) * k",
      'help.mjs': 'export const help = a => a + 1\nexport const k = 2',
    },
    {
      'main.mjs': `import { __vi_export__ as __vite_ssr_import_0__ } from './help.mjs'
export const main = a => (0, __vite_ssr_import_0__.help)(a) * __vite_ssr_import_0__.k`,
      'help.mjs': `const help = a => a + 1
const k = 2
export const __vi_export__ = Object.defineProperty(Object.create(null), Symbol.toStringTag, { value: 'Module' })
for (const [name, get] of [['help', () => { try { return help } catch {} }], ['k', () => { try { return k } catch {} }]])
  Object.defineProperty(__vi_export__, name, { enumerable: true, configurable: true, get })`,
    },
  ),
]

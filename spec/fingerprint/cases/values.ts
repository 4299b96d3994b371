import { changes, keeps } from './case.ts'

/** Cases 56 to 80: the values that it captures. */
export const VALUES = [
  changes(56, 'a constant', 'const k = 1\nexport const main = a => a * k', ['k = 1', 'k = 2']),
  changes(56, 'the type of a constant', 'const k = 1\nexport const main = a => a * k', ['k = 1', "k = '1'"]),
  changes(56, 'which of two constants', 'const j = 1, k = 2\nexport const main = a => a * j + j', [
    'a * j',
    'a * k',
  ]),
  changes(56, 'two constants, exchanged', 'const j = 1, k = 2\nexport const main = a => a * j + k', [
    'j = 1, k = 2',
    'j = 2, k = 1',
  ]),
  changes(56, 'undefined to null', 'const k = undefined\nexport const main = () => k', ['undefined', 'null']),
  changes(
    57,
    'an imported constant',
    {
      'main.mjs': "import { k } from './k.mjs'\nexport const main = a => a * k",
      'k.mjs': 'export const k = 1',
    },
    ['k = 1', 'k = 2'],
  ),
  changes(
    57,
    'an imported constant, read from a namespace',
    {
      'main.mjs': "import * as all from './k.mjs'\nexport const main = a => a * all.k",
      'k.mjs': 'export const k = 1',
    },
    ['k = 1', 'k = 2'],
  ),
  changes(
    57,
    'imported data',
    {
      'main.mjs':
        "import { createRequire } from 'node:module'\nconst data = createRequire(import.meta.url)('./data.json')\nexport const main = a => data.rates[a]",
      'data.json': '{"rates":[1,2,3]}',
    },
    ['2', '4'],
  ),
  changes(
    57,
    'an imported JSON file',
    {
      'main.mjs':
        "import data from './data.json' with { type: 'json' }\nexport const main = a => data.rates[a]",
      'data.json': '{"rates":[1,2,3]}',
    },
    ['2', '4'],
  ),
  changes(
    57,
    'a variable that another function set',
    'let k = 1\nconst set = value => { k = value }\nset(5)\nexport const main = a => a * k',
    ['set(5)', 'set(6)'],
  ),
  changes(58, 'a nested value', 'const k = { a: [{ b: 1 }] }\nexport const main = () => k.a[0].b', [
    'b: 1',
    'b: 2',
  ]),
  changes(58, 'an inherited value', 'const k = Object.create({ b: 1 })\nexport const main = () => k.b', [
    'b: 1',
    'b: 2',
  ]),
  changes(
    58,
    'a value in a property that is not listed',
    "const k = Object.defineProperty({}, 'b', { value: 1 })\nexport const main = () => k.b",
    ['value: 1', 'value: 2'],
  ),
  changes(
    58,
    'a value under a symbol',
    "const key = Symbol('k')\nconst k = { [key]: 1 }\nexport const main = () => k[key]",
    [': 1', ': 2'],
  ),
  keeps(59, 'the order of keys', 'const k = { a: 1, b: 2 }\nexport const main = c => k[c]', [
    '{ a: 1, b: 2 }',
    '{ b: 2, a: 1 }',
  ]),
  changes(60, 'a Map', "const k = new Map([['a', 1]])\nexport const main = a => k.get(a)", [
    "'a', 1",
    "'a', 2",
  ]),
  changes(60, 'a Set', 'const k = new Set([1, 2])\nexport const main = a => k.has(a)', ['1, 2', '1, 3']),
  changes(61, 'a RegExp', 'const k = /x/g\nexport const main = a => a.replace(k, 1)', ['/x/g', '/x/']),
  changes(62, 'a Date', 'const k = new Date(0)\nexport const main = () => k.getTime()', [
    'Date(0)',
    'Date(1)',
  ]),
  changes(63, 'a Buffer', "const k = Buffer.from('a')\nexport const main = () => k[0]", ["'a'", "'b'"]),
  changes(63, 'a typed array', 'const k = new Float64Array([1, 2])\nexport const main = i => k[i]', [
    '1, 2',
    '1, 3',
  ]),
  changes(63, 'the type of an array', 'const k = new Uint8Array([1, 2])\nexport const main = i => k[i]', [
    'Uint8Array',
    'Int8Array',
  ]),
  changes(64, 'the sign of zero', 'const k = 0\nexport const main = () => 1 / k', ['k = 0', 'k = -0']),
  changes(65, 'the argument of a factory', 'const make = k => a => a * k\nexport const main = make(2)', [
    'make(2)',
    'make(3)',
  ]),
  changes(
    66,
    'the variable of a loop',
    'const all = []\nfor (let i = 0; i < 3; i++) all.push(a => a * i)\nexport const main = all[1]',
    ['all[1]', 'all[2]'],
  ),
  changes(67, 'what a computed constant is', 'const k = [1, 2].length\nexport const main = a => a * k', [
    '[1, 2]',
    '[1, 2, 3]',
  ]),
  keeps(68, 'how a constant is computed', 'const k = [1, 2].length\nexport const main = a => a * k', [
    '[1, 2].length',
    '1 + 1',
  ]),
  changes(69, 'a bound this', 'export const main = function () { return this.k }.bind({ k: 1 })', [
    'k: 1',
    'k: 2',
  ]),
  changes(70, 'a bound argument', 'export const main = ((k, a) => a * k).bind(null, 1)', [
    'null, 1',
    'null, 2',
  ]),
  changes(70, 'a bound function', 'export const main = ((k, a) => a * k).bind(null, 1)', ['a * k', 'a + k']),
  changes(71, 'a property of the function', 'export function main(a) { return a * main.k }\nmain.k = 1', [
    'main.k = 1',
    'main.k = 2',
  ]),
  changes(
    71,
    'a property of a helper',
    'const help = a => a * help.k\nhelp.k = 1\nexport const main = a => help(a)',
    ['help.k = 1', 'help.k = 2'],
  ),
  changes(72, 'a cyclic object', 'const k = { n: 1 }\nk.self = k\nexport const main = () => k.self.n', [
    'n: 1',
    'n: 2',
  ]),
  changes(
    72,
    'a cycle through a function',
    'const k = { n: 1, f: () => k }\nexport const main = () => k.f().n',
    ['n: 1', 'n: 2'],
  ),
  changes(
    73,
    'an enum',
    { 'main.ts': 'enum Size { S = 1, M = 2 }\nexport const main = (a: number) => Size[a]' },
    ['M = 2', 'M = 3'],
  ),
  changes(
    73,
    'a frozen table',
    'const Size = Object.freeze({ S: 1, M: 2 })\nexport const main = a => Size[a]',
    ['M: 2', 'M: 3'],
  ),
  changes(
    74,
    'the description of a symbol',
    "const k = Symbol('a')\nexport const main = () => k.description",
    ["'a'", "'b'"],
  ),
  changes(75, 'the target of a Proxy', 'const k = new Proxy({ n: 1 }, {})\nexport const main = () => k.n', [
    'n: 1',
    'n: 2',
  ]),
  changes(
    75,
    'the handler of a Proxy',
    'const k = new Proxy({}, { get: () => 1 })\nexport const main = () => k.n',
    ['=> 1', '=> 2'],
  ),
  changes(75, 'a Proxy of a function', 'export const main = new Proxy(a => a + 1, {})', ['+ 1', '+ 2']),
  changes(76, 'another builtin', 'export const main = (a, b) => Math.max(a, b)', ['max', 'min']),
  changes(
    76,
    'another builtin, by another name',
    'const pick = Math.max\nexport const main = (a, b) => pick(a, b)',
    ['Math.max', 'Math.min'],
  ),
  changes(76, 'another builtin class', 'const Kind = Map\nexport const main = () => new Kind()', [
    'Map',
    'Set',
  ]),
  keeps(77, 'an alias of a builtin', 'export const main = a => Array.isArray(a)', [
    'export const main = a => Array.isArray(a)',
    'const { isArray } = Array\nexport const main = a => isArray(a)',
  ]),
  changes(78, 'another function of fs', "import fs from 'node:fs'\nexport const main = a => fs.statSync(a)", [
    'statSync',
    'lstatSync',
  ]),
  keeps(79, 'how fs is imported', "import fs from 'node:fs'\nexport const main = a => fs.statSync(a)", [
    "import fs from 'node:fs'\nexport const main = a => fs.statSync(a)",
    "import { statSync } from 'node:fs'\nexport const main = a => statSync(a)",
  ]),
  keeps(79, 'fs as a namespace', "import fs from 'node:fs'\nexport const main = a => fs.statSync(a)", [
    'import fs',
    'import * as fs',
  ]),
  keeps(79, 'fs without its prefix', "import fs from 'node:fs'\nexport const main = a => fs.statSync(a)", [
    'node:fs',
    'fs',
  ]),
  changes(80, 'a URL', "const k = new URL('http://a.test/')\nexport const main = () => k.href", [
    'a.test',
    'b.test',
  ]),
  changes(
    80,
    'URLSearchParams',
    "const k = new URLSearchParams('a=1')\nexport const main = () => k.get('a')",
    ['a=1', 'a=2'],
  ),
  changes(
    80,
    'a NumberFormat',
    "const k = new Intl.NumberFormat('en')\nexport const main = a => k.format(a)",
    ["'en'", "'de'"],
  ),
  changes(
    80,
    'a DateTimeFormat',
    "const k = new Intl.DateTimeFormat('en', { timeZone: 'UTC' })\nexport const main = a => k.format(a)",
    ['UTC', 'Asia/Tokyo'],
  ),
  changes(
    80,
    'a Collator',
    "const k = new Intl.Collator('en')\nexport const main = (a, b) => k.compare(a, b)",
    ["'en'", "'sv'"],
  ),
  changes(80, 'a TextDecoder', "const k = new TextDecoder('utf-8')\nexport const main = a => k.decode(a)", [
    'utf-8',
    'utf-16le',
  ]),
  changes(80, 'Headers', "const k = new Headers({ a: '1' })\nexport const main = () => k.get('a')", [
    "'1'",
    "'2'",
  ]),
  changes(80, 'what a promise has come to', 'const k = Promise.resolve(1)\nexport const main = () => k', [
    '(1)',
    '(2)',
  ]),
  changes(80, 'an Error', "const k = new Error('a')\nexport const main = () => k.message", ["'a'", "'b'"]),
  keeps(
    80,
    'the place where an Error was made',
    "const k = new Error('a')\nexport const main = () => k.message",
    ['const k', '\nconst k'],
  ),
  changes(80, 'a boxed number', 'const k = new Number(1)\nexport const main = () => k + 1', ['(1)', '(2)']),
  changes(
    80,
    'an ArrayBuffer',
    'const k = new Uint8Array([1]).buffer\nexport const main = () => new Uint8Array(k)[0]',
    ['[1]', '[2]'],
  ),
]

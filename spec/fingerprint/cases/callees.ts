import { changes, keeps } from './case.ts'
import { NODASH } from './nodash.ts'

/** Cases 38 to 55: the functions that it reaches. */
export const CALLEES = [
  changes(38, 'in the same module', 'const help = a => a + 1\nexport const main = a => help(a)', [
    '+ 1',
    '+ 2',
  ]),
  changes(
    38,
    'called where arguments are',
    'const help = a => a + 1\nexport const main = a => Math.max(1, help(a))',
    ['a + 1', 'a + 2'],
  ),
  changes(38, 'passed on', 'const help = a => a + 1\nexport const main = list => list.map(help)', [
    '+ 1',
    '+ 2',
  ]),
  changes(
    38,
    'called by a function inside',
    'const help = a => a + 1\nexport const main = a => () => help(a)',
    ['+ 1', '+ 2'],
  ),
  changes(38, 'the tag of a template', 'const tag = text => text[0] + 1\nexport const main = () => tag`a`', [
    '+ 1',
    '+ 2',
  ]),
  changes(
    38,
    'a constant of the helper, of the same name as another',
    'const help = (k => a => a * k)(2)\nconst k = 5\nexport const main = a => help(a) + k',
    ['(2)', '(3)'],
  ),
  changes(38, 'a generator', 'function* help(a) { yield a + 1 }\nexport const main = a => [...help(a)]', [
    'a + 1',
    'a + 2',
  ]),
  changes(
    39,
    'imported by name',
    {
      'main.mjs': "import { help } from './help.mjs'\nexport const main = a => help(a)",
      'help.mjs': 'export const help = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    39,
    'the default of a module',
    {
      'main.mjs': "import help from './help.mjs'\nexport const main = a => help(a)",
      'help.mjs': 'export default a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    40,
    'three modules away',
    {
      'main.mjs': "import { b } from './b.mjs'\nexport const main = a => b(a)",
      'b.mjs': "import { c } from './c.mjs'\nexport function b(a) { return c(a) }",
      'c.mjs': "import { d } from './d.mjs'\nexport const c = a => d(a)",
      'd.mjs': 'export const d = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    41,
    'a member of a namespace',
    {
      'main.mjs': "import * as help from './help.mjs'\nexport const main = a => help.used(a)",
      'help.mjs': 'export const used = a => a + 1\nexport const unused = a => a + 10',
    },
    ['a + 1\n', 'a + 2\n'],
  ),
  keeps(
    42,
    'a member of a namespace that is not used',
    {
      'main.mjs': "import * as help from './help.mjs'\nexport const main = a => help.used(a)",
      'help.mjs': 'export const used = a => a + 1\nexport const unused = a => a + 10',
    },
    ['a + 10', 'a + 20'],
  ),
  changes(
    43,
    'any member of a namespace that is used whole',
    {
      'main.mjs': "import * as help from './help.mjs'\nexport const main = (name, a) => help[name](a)",
      'help.mjs': 'export const one = a => a + 1\nexport const ten = a => a + 10',
    },
    ['a + 10', 'a + 20'],
  ),
  changes(
    43,
    'a namespace that is passed on',
    {
      'main.mjs': "import * as help from './help.mjs'\nexport const main = name => Object.keys(help)",
      'help.mjs': 'export const one = a => a + 1',
    },
    ['export const one = a => a + 1', 'export const one = a => a + 1\nexport const two = 2'],
  ),
  changes(
    43,
    'a member that is taken out of a namespace',
    {
      'main.mjs':
        "import * as help from './help.mjs'\nexport const main = a => { const { one } = help; return one(a) }",
      'help.mjs': 'export const one = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    44,
    'through a re-export',
    {
      'main.mjs': "import { help } from './all.mjs'\nexport const main = a => help(a)",
      'all.mjs': "export * from './help.mjs'",
      'help.mjs': 'export const help = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    44,
    'through a namespace that is re-exported',
    {
      'main.mjs': "import { tools } from './all.mjs'\nexport const main = a => tools.help(a)",
      'all.mjs': "export * as tools from './help.mjs'",
      'help.mjs': 'export const help = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  keeps(
    45,
    'the way that a re-export takes',
    {
      'main.mjs': "import { help } from './help.mjs'\nexport const main = a => help(a)",
      'help.mjs': 'export const help = a => a + 1',
      'all.mjs': "export * from './help.mjs'",
    },
    ["'./help.mjs'\nexport const main", "'./all.mjs'\nexport const main"],
  ),
  keeps(
    46,
    'a name to a namespace',
    {
      'main.mjs': "import { help } from './help.mjs'\nexport const main = a => help(a)",
      'help.mjs': 'export const help = a => a + 1',
    },
    [
      "import { help } from './help.mjs'\nexport const main = a => help(a)",
      "import * as tools from './help.mjs'\nexport const main = a => tools.help(a)",
    ],
  ),
  keeps(
    46,
    'a name to another name',
    {
      'main.mjs': "import { help } from './help.mjs'\nexport const main = a => help(a)",
      'help.mjs': 'export const help = a => a + 1',
    },
    [
      "import { help } from './help.mjs'\nexport const main = a => help(a)",
      "import { help as assist } from './help.mjs'\nexport const main = a => assist(a)",
    ],
  ),
  changes(
    47,
    'the other half of a mutual recursion',
    'export function main(n) { return n === 0 || odd(n - 1) }\nfunction odd(n) { return n !== 0 && main(n - 1) }',
    ['n !== 0', 'n > 0'],
  ),
  keeps(
    48,
    'the order of a mutual recursion',
    'export function main(n) { return n === 0 || odd(n - 1) }\nfunction odd(n) { return n !== 0 && main(n - 1) }',
    'function odd(n) { return n !== 0 && main(n - 1) }\nexport function main(n) { return n === 0 || odd(n - 1) }',
  ),
  changes(48, 'which of two recursive functions is meant', twoLoops('even'), twoLoops('odd')),
  changes(
    49,
    'in a captured array',
    'const steps = [a => a + 1, a => a * 3]\nexport const main = a => steps.map(s => s(a))',
    ['a * 3', 'a * 4'],
  ),
  changes(
    49,
    'the order of a captured array',
    'const [f, g] = [a => a + 1, a => a * 3]\nconst steps = [f, g]\nexport const main = a => steps.reduce((b, s) => s(b), a)',
    ['steps = [f, g]', 'steps = [g, f]'],
  ),
  changes(
    50,
    'in a captured table',
    'const table = { add: a => a + 1 }\nexport const main = (k, a) => table[k](a)',
    ['a + 1', 'a + 2'],
  ),
  changes(
    50,
    'in a captured Map',
    "const table = new Map([['add', a => a + 1]])\nexport const main = (k, a) => table.get(k)(a)",
    ['a + 1', 'a + 2'],
  ),
  changes(
    51,
    'a getter of a captured object',
    'const o = { get size() { return 1 } }\nexport const main = () => o.size',
    ['return 1', 'return 2'],
  ),
  changes(
    50,
    'under a symbol',
    "const key = Symbol('k')\nconst table = { [key]: a => a + 1 }\nexport const main = a => table[key](a)",
    ['a + 1', 'a + 2'],
  ),
  changes(
    50,
    'in a property that is not listed',
    "const table = Object.defineProperty({}, 'add', { value: a => a + 1 })\nexport const main = a => table.add(a)",
    ['a + 1', 'a + 2'],
  ),
  changes(
    50,
    'an iterator of a captured object',
    'const o = { *[Symbol.iterator]() { yield 1 } }\nexport const main = () => [...o]',
    ['yield 1', 'yield 2'],
  ),
  changes(
    52,
    'circular imports',
    {
      'main.mjs': "import { odd } from './odd.mjs'\nexport function main(n) { return n === 0 || odd(n - 1) }",
      'odd.mjs':
        "import { main } from './main.mjs'\nexport function odd(n) { return n !== 0 && main(n - 1) }",
    },
    ['n !== 0', 'n > 0'],
  ),
  changes(
    53,
    'inside a wrapper',
    'const twice = f => a => f(f(a))\nconst help = twice(a => a + 1)\nexport const main = a => help(a)',
    ['a + 1', 'a + 2'],
  ),
  changes(
    53,
    'the wrapper',
    'const twice = f => a => f(f(a))\nconst help = twice(a => a + 1)\nexport const main = a => help(a)',
    ['f(f(a))', 'f(f(f(a)))'],
  ),
  changes(
    54,
    'partial, of a package',
    {
      ...NODASH,
      'main.mjs':
        "import _ from 'nodash'\nconst help = _.partial((a, b) => a + b, 1)\nexport const main = a => help(a)",
    },
    ['a + b', 'a - b'],
  ),
  changes(
    54,
    'the argument that partial holds',
    {
      ...NODASH,
      'main.mjs':
        "import _ from 'nodash'\nconst help = _.partial((a, b) => a + b, 1)\nexport const main = a => help(a)",
    },
    [', 1)', ', 2)'],
  ),
  changes(
    54,
    'memoize, of a package',
    {
      ...NODASH,
      'main.mjs':
        "import _ from 'nodash'\nconst help = _.memoize(a => a + 1)\nexport const main = a => help(a)",
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    54,
    'flow, of a package',
    {
      ...NODASH,
      'main.mjs':
        "import _ from 'nodash'\nconst help = _.flow([a => a + 1, a => a * 3])\nexport const main = a => help(a)",
    },
    ['a * 3', 'a * 4'],
  ),
  changes(
    54,
    'what a package made, as the function itself',
    { ...NODASH, 'main.mjs': "import _ from 'nodash'\nexport const main = _.partial((a, b) => a + b, 1)" },
    ['a + b', 'a - b'],
  ),
  changes(
    54,
    'util.promisify',
    "import { promisify } from 'node:util'\nconst help = promisify((a, done) => done(null, a + 1))\nexport const main = a => help(a)",
    ['a + 1', 'a + 2'],
  ),
  changes(
    54,
    'util.deprecate',
    "import { deprecate } from 'node:util'\nconst help = deprecate(a => a + 1, 'old')\nexport const main = a => help(a)",
    ['a + 1', 'a + 2'],
  ),
  changes(
    55,
    'a decorated function',
    "import { decorate } from 'cachedict'\nconst help = decorate(function help(a) { return a + 1 })\nexport const main = a => help(a)",
    ['a + 1', 'a + 2'],
  ),
  changes(
    55,
    'what a decorated function calls',
    "import { decorate } from 'cachedict'\nconst inner = a => a + 1\nconst help = decorate(function help(a) { return inner(a) })\nexport const main = a => help(a)",
    ['a + 1', 'a + 2'],
  ),
  keeps(
    55,
    'how a decorated function is kept',
    "import { decorate } from 'cachedict'\nconst help = decorate(function help(a) { return a + 1 }, { ttl: '1h' })\nexport const main = a => help(a)",
    ['1h', '2h'],
  ),
]

function twoLoops(start: string): string {
  return `function even(n) { return n === 0 || odd(n - 1) }
function odd(n) { return n !== 0 && even(n - 1) }
export const main = ${start}`
}

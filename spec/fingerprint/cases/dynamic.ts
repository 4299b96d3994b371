import { changes, keeps, misses, withFinding } from './case.ts'

/** Cases 96 to 105: what is loaded, made or looked up while it runs. */
export const DYNAMIC = [
  withFinding(
    'eval',
    changes(96, 'eval sees a captured variable', "const k = 1\nexport const main = a => eval('k + a')", [
      'k = 1',
      'k = 2',
    ]),
  ),
  withFinding(
    'eval',
    changes(96, 'the text of eval', "const k = 1\nexport const main = a => eval('k + a')", [
      'k + a',
      'k - a',
    ]),
  ),
  withFinding(
    'eval',
    changes(
      96,
      'with',
      { 'main.cjs': 'const k = { n: 1 }\nexports.main = function (a) { with (k) { return a * n } }' },
      ['n: 1', 'n: 2'],
    ),
  ),
  changes(
    97,
    'require in the body, loaded before',
    {
      'main.cjs': "require('./help.cjs')\nexports.main = a => require('./help.cjs').scale(a)",
      'help.cjs': 'exports.scale = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    98,
    'require in the body, not loaded before',
    {
      'main.cjs': "exports.main = a => require('./help.cjs').scale(a)",
      'help.cjs': 'exports.scale = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    98,
    'what a module not loaded before requires',
    {
      'main.cjs': "exports.main = a => require('./help.cjs').scale(a)",
      'help.cjs': "exports.scale = a => a + require('./k.cjs').k",
      'k.cjs': 'exports.k = 1',
    },
    ['k = 1', 'k = 2'],
  ),
  changes(
    98,
    'createRequire, in the body',
    {
      'main.mjs':
        "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\nexport const main = a => require('./help.cjs').scale(a)",
      'help.cjs': 'exports.scale = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    99,
    'import in the body',
    {
      'main.mjs': "export const main = async a => (await import('./help.mjs')).scale(a)",
      'help.mjs': 'export const scale = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  changes(
    99,
    'what a module imported in the body imports',
    {
      'main.mjs': "export const main = async a => (await import('./help.mjs')).scale(a)",
      'help.mjs': "import { k } from './k.mjs'\nexport const scale = a => a + k",
      'k.mjs': 'export const k = 1',
    },
    ['k = 1', 'k = 2'],
  ),
  changes(
    100,
    'a destructured require',
    {
      'main.cjs': "const { scale } = require('./help.cjs')\nexports.main = a => scale(a)",
      'help.cjs': 'exports.scale = a => a + 1',
    },
    ['a + 1', 'a + 2'],
  ),
  keeps(
    101,
    'an export of a CommonJS module that is not used',
    {
      'main.cjs': "const help = require('./help.cjs')\nexports.main = a => help.scale(a)",
      'help.cjs': 'exports.scale = a => a + 1\nexports.other = a => a + 10',
    },
    ['a + 10', 'a + 20'],
  ),
  changes(
    101,
    'an export of a CommonJS module that is used',
    {
      'main.cjs': "const help = require('./help.cjs')\nexports.main = a => help.scale(a)",
      'help.cjs': 'exports.scale = a => a + 1\nexports.other = a => a + 10',
    },
    ['a + 1\n', 'a + 2\n'],
  ),
  changes(
    102,
    'an export that another calls as a method',
    {
      'main.cjs': "const help = require('./help.cjs')\nexports.main = a => help.scale(a)",
      'help.cjs': 'exports.scale = function (a) { return a + this.k() }\nexports.k = () => 1',
    },
    ['=> 1', '=> 2'],
  ),
  changes(
    103,
    'a global function',
    'globalThis.helpOfCase103 = a => a + 1\nexport const main = a => helpOfCase103(a)',
    ['a + 1', 'a + 2'],
  ),
  changes(
    103,
    'a global value',
    'globalThis.valueOfCase103 = 1\nexport const main = a => a * valueOfCase103',
    ['= 1\n', '= 2\n'],
  ),
  changes(
    103,
    'a global value, as a member',
    'globalThis.memberOfCase103 = 1\nexport const main = a => a * globalThis.memberOfCase103',
    ['= 1\n', '= 2\n'],
  ),
  changes(
    104,
    'the text of new Function',
    "const help = new Function('a', 'return a + 1')\nexport const main = a => help(a)",
    ['a + 1', 'a + 2'],
  ),
  withFinding(
    'lexical-this',
    misses(
      105,
      'the `this` of an arrow',
      'class A { k = 1; m = () => this.k }\nexport const main = new A().m',
      ['k = 1', 'k = 2'],
    ),
  ),
  withFinding(
    'lexical-this',
    misses(
      105,
      'the `this` of an arrow that is called',
      'function make() { return () => this.k }\nconst help = make.call({ k: 1 })\nexport const main = () => help()',
      ['k: 1', 'k: 2'],
    ),
  ),
]

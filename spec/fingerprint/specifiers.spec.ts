import assert from 'node:assert/strict'
import { specifiersOf } from '../../lib/fingerprint/specifiers.ts'

describe('specifiersOf', () => {
  const certain = (source: string) => [...specifiersOf(source).certain].sort()

  it('finds imports and exports in every spelling', () => {
    for (const source of [
      "import a from './x'",
      "import './x'",
      'import"./x"',
      "import * as a from'./x'",
      "import { a, b as c } from './x'",
      "import a, {\n  b,\n  // from './wrong'\n} from\n  './x'",
      "import /* why */ a /* from */ from /* here: */ './x' // end",
      "import a from // x\n './x'",
      "export * from './x'",
      "export * as a from './x'",
      "export { a } from './x'",
      "import type { A } from './x'",
      "import { type A } from './x'",
      "import a from './x' with { type: 'json' }",
      "import source a from './x'",
      "import defer * as a from './x'",
      "import a = require('./x')",
      "const a = require('./x')",
      'const { a } = require("./x").b',
      'const a = require(`./x`)',
      "const a = require ( /* now */ './x' )",
      "await import('./x')",
      "await import('./x', { with: { type: 'json' } })",
      'await import(\n  /* webpackChunkName: "y" */ \'./x\')',
      "type A = import('./x').A",
      "require.resolve('./x')",
      "const s = a ? 'it' : \"don't\"; import('./x')",
      "const r = /['\"`]/; require('./x')",
      `const t = \`\${\`a\${"b"}\`}\`; require("./x")`,
      "const j = <p>Don't</p>; import('./x')",
      "import a from '\\x2e/x'",
      `import a from /* ${'long '.repeat(1_000)} */ './x'`,
      "if (a) /'/.test(a)\nimport('./x')",
    ])
      assert.deepEqual(certain(source), ['./x'], source)
  })

  it('finds all of them, sorted, once each', () => {
    const { names } = specifiersOf("import b from 'b'\nimport a from './a'\nrequire('b'); export * from '#c'")
    assert.deepEqual(names, ['#c', './a', 'b'])
  })

  it('keeps what stands in comments apart: it may be code all the same', () => {
    const { names, certain } = specifiersOf("// import a from './a'\n/* require('b') */ const c = 1")
    assert.deepEqual([names, [...certain]], [['./a', 'b'], []])
  })

  it('finds paths of code, of workers and of other requires, but not of data', () => {
    const { names, certain } = specifiersOf(
      "new Worker(new URL('./worker.js', import.meta.url)); load('../y.cts'); read('./out.json', './x.cache')",
    )
    assert.deepEqual([names, [...certain]], [['../y.cts', './worker.js'], []])
  })

  it('says whether something is computed', () => {
    const computed = [
      'import(name)',
      'require(a + b)',
      `import(\`./\${name}.js\`)`,
      "require('./' + name)",
      'import(\n/* x */ f())',
    ]
    for (const source of computed) assert.equal(specifiersOf(source).isComputed, true, source)
    for (const source of [
      "import('./x')",
      'require(`./x`)',
      "import('./x', { with: a })",
      '// import(name)',
      'loader.require(name)',
      'reimport(name)',
      'function require(name) {}',
      'import.meta.resolve(name)',
      "'a' + 'b'",
    ])
      assert.equal(specifiersOf(source).isComputed, false, source)
  })

  it('finds nothing where nothing is, and takes no time over long texts', () => {
    assert.deepEqual(specifiersOf('').names, [])
    assert.deepEqual(specifiersOf("const from = 1; const important = 'x'; important('y')").names, [])
    for (const part of [
      'import ',
      "'",
      '/*',
      'from/*',
      '`${',
      'require(',
      '\\',
      'import/**/',
      'function  ',
    ]) {
      const start = process.hrtime.bigint()
      specifiersOf(part.repeat(50_000))
      const ms = Number(process.hrtime.bigint() - start) / 1e6
      assert.ok(ms < 2_000, `${part}: ${ms} ms`)
    }
  })
})

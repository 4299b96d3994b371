import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { moduleGraph } from '../../lib/fingerprint/module-graph.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('moduleGraph', () => {
  const at = temporaryFolder()
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(at(name)), { recursive: true })
      writeFileSync(at(name), text)
    }
  }
  const graph = (entry = 'main.ts') => moduleGraph(at(entry))
  const PROJECT = {
    'main.ts':
      "import { b } from './b.js'\nimport fs from 'fs'\nimport _ from 'dep'\nawait import('./late.mjs')",
    'b.ts': "export * from './c'\nexport const b: number = 1",
    'c/index.js': "const d = require('../d.cjs')\nimport '../main.js'",
    'd.cjs': "module.exports = require('./data.json')",
    'data.json': '{"n":1}',
    'late.mjs': "new Worker(new URL('./worker.js', import.meta.url))",
    'worker.js': '',
    'other.ts': '',
    'node_modules/dep/package.json': '{"version":"1.0.0"}',
    'node_modules/dep/index.js': "require('./inner.js')",
  }

  it('reaches all files of the program, cycles too, and names packages without looking into them', () => {
    write(PROJECT)
    const { files, packages, findings } = graph()
    assert.deepEqual(
      files.map(({ path }) => relative(at(), path)),
      ['main.ts', 'b.ts', 'late.mjs', 'c/index.js', 'worker.js', 'd.cjs', 'data.json'],
    )
    assert.deepEqual(packages, ['dep@1.0.0', 'node:fs'])
    assert.deepEqual(findings, [])
    assert.ok(files.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash)))
  })

  it('changes with each file that is reached and each version, and with nothing else', () => {
    write(PROJECT)
    const { hash } = graph()
    for (const name of Object.keys(PROJECT)) {
      if (name.startsWith('node_modules') || name === 'other.ts') continue
      const text = PROJECT[name as keyof typeof PROJECT]
      writeFileSync(at(name), `${text} `)
      assert.notEqual(graph().hash, hash, name)
      writeFileSync(at(name), text)
      assert.equal(graph().hash, hash, name)
    }
    writeFileSync(at('other.ts'), 'changed')
    writeFileSync(at('node_modules/dep/index.js'), 'changed')
    assert.equal(graph().hash, hash)
  })

  it('changes with the version of a package', () => {
    const use = (version: string) => {
      const folder = `at-${version}`
      write({
        [`${folder}/main.js`]: "import 'dep'",
        [`${folder}/node_modules/dep/package.json`]: JSON.stringify({ version }),
      })
      return graph(`${folder}/main.js`).hash
    }
    assert.notEqual(use('1.0.0'), use('1.0.1'))
  })

  it('tells which file is imported as what', () => {
    write({ 'one/main.js': "import './a.js'; import './b.js'", 'one/a.js': '1', 'one/b.js': '2' })
    write({ 'two/main.js': "import './a.js'; import './b.js'", 'two/a.js': '2', 'two/b.js': '1' })
    assert.notEqual(graph('one/main.js').hash, graph('two/main.js').hash)
  })

  it('tells where a name leads that is written the same', () => {
    const use = (folder: string, target: string) => {
      write({
        [`${folder}/package.json`]: JSON.stringify({ name: 'own', exports: { './x': target } }),
        [`${folder}/main.js`]: "import './a.js'; import './b.js'; import 'own/x'",
        [`${folder}/a.js`]: '1',
        [`${folder}/b.js`]: '2',
      })
      return graph(`${folder}/main.js`).hash
    }
    assert.notEqual(use('one', './a.js'), use('two', './b.js'))
  })

  it('sees each change, though the size stays and the change comes at once', () => {
    const hashes = new Set<string>()
    for (let round = 0; round < 100; round += 1) {
      write({ 'main.ts': String(1_000 + round) })
      hashes.add(graph().hash)
    }
    assert.equal(hashes.size, 100)
  })

  it('is the same wherever the project lies, and by whatever way it is named', () => {
    write(PROJECT)
    const { hash } = graph()
    assert.equal(moduleGraph(pathToFileURL(at('main.ts')).href).hash, hash)
    const elsewhere = `${at()}-moved elsewhere`
    cpSync(at(), elsewhere, { recursive: true })
    try {
      assert.equal(moduleGraph(join(elsewhere, 'main.ts')).hash, hash)
    } finally {
      rmSync(elsewhere, { recursive: true })
    }
    symlinkSync(at('main.ts'), at('link.ts'))
    assert.equal(graph('link.ts').hash, hash)
  })

  it('reports what is missing, unreadable or computed, and counts it', () => {
    write({ 'main.ts': "import './missing.js'\nimport 'absent'\nimport(name)\n// import './comment.js'" })
    const before = graph()
    assert.deepEqual(
      before.findings.map(finding => finding.slice(finding.indexOf('main.ts'))),
      ['main.ts > import(…)', 'main.ts > ./missing.js', 'main.ts > absent'],
    )
    write({ 'missing.ts': '' })
    assert.notEqual(graph().hash, before.hash)
    assert.deepEqual(graph('nowhere.ts').files, [{ path: at('nowhere.ts'), hash: 'unreadable' }])
    assert.equal(graph('nowhere.ts').findings.length, 1)
    mkdirSync(at('folder.ts'))
    assert.equal(graph('folder.ts').findings.length, 1)
  })

  it('sees a file that takes the place of another', () => {
    write({ 'main.ts': "import './x.js'", 'x.ts': 'one', 'y.ts': 'two' })
    const before = graph().hash
    renameSync(at('y.ts'), at('x.ts'))
    assert.notEqual(graph().hash, before)
    rmSync(at('x.ts'))
    assert.notEqual(graph().hash, before)
  })

  it('is the package where the entry lies in one', () => {
    write(PROJECT)
    const { files, packages } = graph('node_modules/dep/index.js')
    assert.deepEqual([files, packages], [[], ['dep@1.0.0']])
    write({ 'other/node_modules/dep/package.json': '{"version":"1.0.1"}' })
    assert.notEqual(graph('other/node_modules/dep/index.js').hash, graph('node_modules/dep/index.js').hash)
  })

  it('works where the permission model hides files', () => {
    write({
      'app/main.mjs': "import './shown.mjs'\nimport '../hidden.mjs'",
      'app/shown.mjs': '',
      'hidden.mjs': '',
    })
    const bundle = at('app/graph.mjs')
    buildSync({
      entryPoints: [fileURLToPath(new URL('../../lib/fingerprint/module-graph.ts', import.meta.url))],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    })
    writeFileSync(
      at('app/run.mjs'),
      "import { moduleGraph } from './graph.mjs'\nconst { files, findings } = moduleGraph(new URL('./main.mjs', import.meta.url).href)\nconsole.log(files.length, findings.join())",
    )
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    const args = ['--no-warnings', flag, `--allow-fs-read=${at('app')}/*`, at('app/run.mjs')]
    assert.match(
      execFileSync(process.execPath, args, { encoding: 'utf8', cwd: at('app') }),
      /^2 main\.mjs > \.\.\/hidden\.mjs\n$/,
    )
  })
})

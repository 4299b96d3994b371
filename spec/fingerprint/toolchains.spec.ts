import assert from 'node:assert/strict'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import ts from 'typescript'
import { type ChildOptions, fingerprintsOf, type Outcome, writeFiles } from '../support/fingerprint-child.ts'
import { otherNodes, WITHOUT_NODES } from '../support/other-nodes.ts'
import { compiledProject } from '../support/program.ts'
import { ROOT, textOf } from '../support/repository.ts'

const SOURCES = {
  'pipeline.ts': textOf('spec/fingerprint/cases/exports/pipeline.ts'),
  'scale.ts': textOf('spec/fingerprint/cases/exports/scale.ts'),
}
const EXPORTS = 13
const TSX = ['--import', import.meta.resolve('tsx')]
const STRIPS_TYPES = otherNodes().filter(({ version: [major, minor] }) => major > 22 || minor >= 18)

describe('The fingerprints of thirteen exports in TypeScript', function () {
  this.timeout(60_000)
  let expected: Readonly<Record<string, Outcome>>

  before(async () => {
    expected = await fingerprintsOf({ pipeline: tscModules('tsc') })
    assert.equal(Object.keys(expected).length, EXPORTS)
    for (const [name, { error }] of Object.entries(expected)) assert.equal(error, undefined, name)
    assert.equal(new Set(Object.values(expected).map(({ hash }) => hash)).size, EXPORTS)
  })

  const TOOLCHAINS: Readonly<Record<string, () => string>> = {
    'tsc to CommonJS': () => tscCommonJs('tsc-cjs'),
    'an esbuild bundle': () => bundle('esm'),
    'an esbuild bundle in CommonJS': () => bundle('cjs'),
    'a fresh folder': () => tscModules('elsewhere/deep/down'),
    'another file name': () => tscModules('renamed', 'conveyor'),
  }
  for (const [what, compile] of Object.entries(TOOLCHAINS)) {
    it(`are the same from ${what}`, async () => same(compile()))
  }

  it('are the same under tsx', async () => same(writeFiles('tsx', SOURCES, 'pipeline.ts'), { nodeArgs: TSX }))

  it('are the same under tsx as CommonJS', async () => {
    const files = { ...COMMONJS, 'pipeline.cts': SOURCES['pipeline.ts'], 'scale.ts': SOURCES['scale.ts'] }
    await same(writeFiles('tsx-cjs', files, 'pipeline.cts'), { nodeArgs: TSX })
  })

  if (STRIPS_TYPES.length === 0) it.skip(`are the same where Node strips the types (${WITHOUT_NODES})`)
  for (const { path, version } of STRIPS_TYPES) {
    it(`are the same where Node ${version.join('.')} strips the types`, async () => {
      await same(writeFiles('strip', SOURCES, 'pipeline.ts'), { node: path, nodeArgs: ['--no-warnings'] })
    })
  }

  const at = (path: string) => join(compiledProject(), path)
  const WAYS: Readonly<Record<string, () => ChildOptions>> = {
    'in another process': () => ({}),
    'in a worker thread': () => ({ worker: true }),
    'under --inspect': () => ({ nodeArgs: ['--inspect=0'] }),
    'while something else debugs': () => ({ nodeArgs: ['--import', DEBUGGED] }),
    'with V8 coverage': () => ({ env: { NODE_V8_COVERAGE: at('coverage') } }),
    'with a CPU profile': () => ({ nodeArgs: ['--cpu-prof', `--cpu-prof-dir=${at('profiles')}`] }),
    'with frozen intrinsics': () => ({ nodeArgs: ['--frozen-intrinsics'] }),
    'without code from strings': () => ({ nodeArgs: ['--disallow-code-generation-from-strings'] }),
    'without a JIT': () => ({ nodeArgs: ['--jitless'] }),
    'with source maps': () => ({ nodeArgs: ['--enable-source-maps'] }),
    'with a compile cache': () => ({ env: { NODE_COMPILE_CACHE: at('compile-cache') } }),
    'with a compile cache that is filled': () => ({ env: { NODE_COMPILE_CACHE: at('compile-cache') } }),
  }
  for (const [how, options] of Object.entries(WAYS)) {
    it(`are the same ${how}`, async () => same(tscModules('tsc'), options()))

    for (const { path, version } of otherNodes()) {
      it(`are the same ${how}, on Node ${version.join('.')}`, async () =>
        same(tscModules('tsc'), { ...options(), node: path }))
    }
  }

  it('are others when what they reach is another', async () => {
    const edited = {
      ...SOURCES,
      'scale.ts': SOURCES['scale.ts'].replace('FACTOR: number = 3', 'FACTOR: number = 4'),
    }
    const now = await fingerprintsOf({
      pipeline: writeFiles('edited', transpiled(edited, ts.ModuleKind.ESNext), 'pipeline.js'),
    })
    const changed = Object.keys(expected).filter(name => now[name]?.hash !== expected[name]?.hash)
    assert.deepEqual(changed.map(name => name.replace('pipeline ', '')).sort(), [
      'Shape',
      'arrow',
      'capturesInstance',
      'namespace',
      'steps',
      'usesClass',
    ])
  })

  async function same(file: string, options: ChildOptions = {}): Promise<void> {
    const outcomes = await fingerprintsOf({ pipeline: file }, options)
    const names = new Set([...Object.keys(expected), ...Object.keys(outcomes)])
    const others = [...names].filter(name => outcomes[name]?.hash !== expected[name]?.hash)
    assert.deepEqual(
      others.map(name => `${name} ${outcomes[name]?.error ?? outcomes[name]?.mode}`),
      [],
    )
  }
})

const DEBUGGED = `data:text/javascript,${encodeURIComponent(`
import { Session } from 'node:inspector'
const session = new Session()
session.connect()
session.post('Debugger.enable')
session.post('Profiler.enable')
`)}`
const COMMONJS = { 'package.json': '{"type":"commonjs"}' }

function tscModules(folder: string, name = 'pipeline'): string {
  const { 'pipeline.js': pipeline, ...rest } = transpiled(SOURCES, ts.ModuleKind.ESNext)
  return writeFiles(folder, { ...rest, [`${name}.js`]: pipeline! }, `${name}.js`)
}

function tscCommonJs(folder: string): string {
  const { 'pipeline.js': pipeline, ...rest } = transpiled(SOURCES, ts.ModuleKind.CommonJS)
  return writeFiles(folder, { ...COMMONJS, ...rest, 'pipeline.cjs': pipeline! }, 'pipeline.cjs')
}

function bundle(format: 'esm' | 'cjs'): string {
  const name = format === 'esm' ? 'bundle.mjs' : 'bundle.cjs'
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, 'spec/fingerprint/cases/exports/pipeline.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    write: false,
  })
  return writeFiles(`bundle-${format}`, { [name]: outputFiles[0]!.text }, name)
}

function transpiled(
  sources: Readonly<Record<string, string>>,
  module: ts.ModuleKind,
): Record<string, string> {
  const compilerOptions = { module, target: ts.ScriptTarget.ES2023, rewriteRelativeImportExtensions: true }
  const entries = Object.entries(sources).map(([path, text]) => [
    path.replace(/\.ts$/, '.js'),
    ts.transpileModule(text, { compilerOptions }).outputText,
  ])
  return Object.fromEntries(entries) as Record<string, string>
}

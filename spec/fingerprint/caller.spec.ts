import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { callerFile, ownFilesOf } from '../../lib/fingerprint/caller.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const HERE = fileURLToPath(import.meta.url)
const SOURCE = fileURLToPath(new URL('../../lib/fingerprint/caller.ts', import.meta.url))

describe('callerFile', () => {
  const at = temporaryFolder()
  const bundle = (entry: string, outfile: string, format: 'esm' | 'cjs' = 'esm') =>
    buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format, logLevel: 'error' })
  const node = (...args: readonly string[]) =>
    execFileSync(process.execPath, ['--no-warnings', ...args], { cwd: at(), encoding: 'utf8' }).trim()

  it('is the file that calls, from the sources', () => {
    assert.equal(callerFile(), HERE)
    assert.equal([1].map(() => callerFile())[0], HERE)
  })

  it('leaves the making of stacks as it was', () => {
    const before = { limit: Error.stackTraceLimit, prepare: Error.prepareStackTrace }
    callerFile()
    assert.deepEqual({ limit: Error.stackTraceLimit, prepare: Error.prepareStackTrace }, before)
    assert.match(new Error('x').stack ?? '', /caller\.spec/)
  })

  it('is the file that calls, where this package is one file in node_modules', () => {
    const folder = at('node_modules/cachedict')
    mkdirSync(join(folder, 'dist'), { recursive: true })
    writeFileSync(
      join(folder, 'package.json'),
      '{"name":"cachedict","type":"module","exports":"./dist/index.js"}',
    )
    bundle(SOURCE, join(folder, 'dist/index.js'))
    mkdirSync(at('node_modules/between'))
    writeFileSync(at('node_modules/between/index.js'), 'exports.through = call => call()')
    writeFileSync(
      at('a b.mjs'),
      "import { callerFile } from 'cachedict'\nimport { through } from 'between'\nconsole.log(callerFile(), through(callerFile), [0].map(callerFile)[0])",
    )
    assert.equal(node(at('a b.mjs')), [1, 2, 3].map(() => at('a b.mjs')).join(' '))
    writeFileSync(
      at('late.mjs'),
      "import { callerFile } from 'cachedict'\nsetTimeout(() => console.log(callerFile()))\nsetImmediate(function () { Promise.resolve().then(callerFile).then(console.log) })",
    )
    assert.deepEqual(node(at('late.mjs')).split('\n').sort(), [at('late.mjs'), 'undefined'])
    assert.equal(
      node('--input-type=module', '-e', "import { callerFile } from 'cachedict'; console.log(callerFile())"),
      'undefined',
    )
    assert.equal(node('--frozen-intrinsics', at('a b.mjs')).includes('index.js'), false)
  })

  for (const format of ['esm', 'cjs'] as const) {
    it(`is the bundle, where program and package are one file (${format})`, () => {
      writeFileSync(
        at('program.mjs'),
        `import { callerFile } from ${JSON.stringify(SOURCE)}\nconsole.log(callerFile())`,
      )
      const file = at(format === 'esm' ? 'all.mjs' : 'all.cjs')
      bundle(at('program.mjs'), file, format)
      assert.equal(node(file), file)
    })
  }
})

describe('ownFilesOf', () => {
  const at = temporaryFolder()

  it('knows the sources, the built file, and a bundle of others', () => {
    const sources = ownFilesOf('/work/lib/fingerprint/caller.ts')
    assert.ok(
      sources('/work/lib/cache/decorate.ts') && !sources('/work/library/x.ts') && !sources('/work/spec/x.ts'),
    )
    mkdirSync(at('dist'))
    writeFileSync(at('package.json'), '{"name":"cachedict"}')
    const built = ownFilesOf(at('dist/index.js'))
    assert.ok(built(at('dist/index.js')) && !built(at('dist/other.js')))
    writeFileSync(at('package.json'), '{"name":"program"}')
    assert.ok(!ownFilesOf(at('dist/index.js'))(at('dist/index.js')))
  })

  it('takes for its own what it cannot tell', () => {
    writeFileSync(at('package.json'), 'no JSON')
    assert.ok(ownFilesOf(at('index.js'))(at('index.js')))
    assert.ok(
      ownFilesOf('/x/node_modules/cachedict/dist/index.js')('/x/node_modules/cachedict/dist/index.js'),
    )
  })
})

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildSync } from 'esbuild'
import { compiledProject, plainEnvironment } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)

/** Uses every kind of store, and every package that is loaded late but the two that need many hits. */
const PROGRAM = `
import { CacheDict, decorate, withCache } from 'cachedict'
process.on('warning', ({ code, message }) => console.log('warning', code, message))
const area = decorate(function area(w, h) { return w * h }, { path: './area.cache' })
const size = decorate(function size(text) { return text.length }, { path: './size.lmdb' })
async function main() {
  console.log('computed', area(3, 4), size('abc'), [2, 3].map(n => area(n)).length)
  console.log('kept', await area.has(3, 4), await size.has('abc'))
  await withCache('./notes.cache', dict => {
    dict.set('list', [1])
    console.log('updated', dict.update('list', list => void list.push(2)))
  })
}
main().catch(error => console.log('failed', error.code, error.message))
`

/** Folders above, such as /tmp, may have packages of their own: they are no part of this. */
const ONLY_HERE = `
const Module = require('node:module')
const pathsOf = Module._nodeModulePaths
Module._nodeModulePaths = from => pathsOf(from).filter(path => path.startsWith(__dirname))
`

describe('A program in one file, bundled by esbuild', function () {
  this.timeout(60_000)
  const at = temporaryFolder()

  const bundle = (format: 'cjs' | 'esm', packages: 'bundle' | 'external') => {
    const name = `program.${format === 'cjs' ? 'cjs' : 'mjs'}`
    mkdirSync(at('project'))
    symlinkSync(join(compiledProject(), 'node_modules'), at('project/node_modules'))
    writeFileSync(at('project/source.mjs'), PROGRAM)
    buildSync({
      entryPoints: [at('project/source.mjs')],
      outfile: at(`project/${name}`),
      absWorkingDir: at('project'),
      bundle: true,
      platform: 'node',
      format,
      packages,
      logLevel: 'error',
    })
    return name
  }
  const node = async (cwd: string, ...args: readonly string[]) => {
    const env = { ...plainEnvironment(), CACHEDICT_DIR: at('cache') }
    return (await run(process.execPath, args, { cwd, env, timeout: 30_000 })).stdout.trim().split('\n')
  }

  for (const format of ['cjs', 'esm'] as const) {
    for (const packages of ['bundle', 'external'] as const) {
      it(`runs as ${format} beside its node_modules (packages: ${packages}), from wherever it is started`, async () => {
        const name = bundle(format, packages)
        mkdirSync(at('elsewhere'))
        for (const cwd of [at('project'), at('elsewhere')]) {
          assert.deepEqual(await node(cwd, at(`project/${name}`)), [
            'computed 12 3 2',
            'kept true true',
            'updated [ 1, 2 ]',
          ])
        }
      })
    }

    it(`says as ${format} without node_modules what is missing, and what to do`, async () => {
      const name = bundle(format, 'bundle')
      mkdirSync(at('alone'))
      writeFileSync(at('alone/only-here.cjs'), ONLY_HERE)
      copyFileSync(at(`project/${name}`), at(`alone/${name}`))
      const lines = await node(at('alone'), '--require', './only-here.cjs', name)
      assert.ok(lines.length >= 1)
      for (const line of lines) {
        if (/^(computed|kept) /.test(line)) continue
        assert.match(line, /^(warning|failed) ERR_CACHE_PACKAGE .*needs the package \S+, .*program\.[cm]js/)
        assert.match(line, /--packages=external and keep node_modules/)
      }
      assert.match(lines.at(-1) ?? '', /ERR_CACHE_PACKAGE/)
    })
  }
})

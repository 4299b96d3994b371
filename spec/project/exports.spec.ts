import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import * as sources from 'cachedict'
import { plainEnvironment } from '../support/program.ts'
import { ROOT, textOf } from '../support/repository.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

describe('The package, built and packed', function () {
  this.timeout(180_000)
  const at = temporaryFolder()
  const names = Object.keys(sources).sort()

  it('holds dist/ and the papers, and exports what lib/index.ts does, to import and to require', async () => {
    // A copy, so that a dist/ that somebody uses is left alone.
    mkdirSync(at('copy'))
    const parts = [
      'lib',
      'scripts',
      'package.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'README.md',
      'LICENSE',
    ]
    for (const part of [...parts, 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs', 'spec', 'bench']) {
      if (existsSync(join(ROOT, part)))
        cpSync(join(ROOT, part), at(`copy/${part}`), {
          recursive: true,
          filter: path => !path.includes('node_modules'),
        })
    }
    symlinkSync(join(ROOT, 'node_modules'), at('copy/node_modules'))
    const npm = (...args: readonly string[]) => run('npm', args, { cwd: at('copy'), env: plainEnvironment() })
    await npm('run', 'build')
    const { stdout } = await npm('pack', '--json', '--ignore-scripts')
    const [packed] = JSON.parse(stdout) as readonly Packed[]
    const paths = packed!.files.map(({ path }) => path)
    const papers = ['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'package.json']
    assert.deepEqual(paths.filter(path => !/^(?:dist|docs)\//.test(path)).sort(), papers)
    assert.deepEqual(brokenLinks(paths), [])
    assert.ok(paths.includes('dist/index.js') && paths.includes('dist/types/index.d.ts'))
    assert.deepEqual(
      paths.filter(path => path.startsWith('dist/') && !/\.(js|d\.ts)$/.test(path)),
      [],
    )

    mkdirSync(at('project/node_modules/cachedict'), { recursive: true })
    await run('tar', [
      '-xzf',
      at(`copy/${packed!.filename}`),
      '--strip-components=1',
      '-C',
      at('project/node_modules/cachedict'),
    ])
    const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(at(`project/node_modules/${name}`)), { recursive: true })
      symlinkSync(join(ROOT, 'node_modules', name), at(`project/node_modules/${name}`))
    }
    writeFileSync(
      at('project/import.mjs'),
      "console.log(Object.keys(await import('cachedict')).sort().join())",
    )
    writeFileSync(at('project/require.cjs'), "console.log(Object.keys(require('cachedict')).sort().join())")
    const node = (...args: readonly string[]) =>
      run(process.execPath, args, { cwd: at('project'), env: plainEnvironment() })
    assert.deepEqual((await node('import.mjs')).stdout.trim().split(','), names)
    const required = (await node('require.cjs')).stdout.trim().split(',')
    assert.deepEqual(
      required.filter(name => name !== '__esModule' && name !== 'module.exports'),
      names,
    )

    // Its types serve a program that checks everything.
    writeFileSync(
      at('project/typed.mts'),
      "import { type CachedFunction, decorate, withCache } from 'cachedict'\n" +
        'export const area: CachedFunction<(w: number) => number> = decorate((w: number) => w)\n' +
        "export const size: Promise<number> = withCache('x', dict => dict.size)\n",
    )
    const tsc = [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
    ]
    await node(
      ...tsc,
      '--target',
      'es2023',
      '--lib',
      'es2024,esnext.disposable',
      '--types',
      'node',
      '--typeRoots',
      join(ROOT, 'node_modules/@types'),
      'typed.mts',
    ).catch((error: { stdout?: string }) => assert.fail(error.stdout))
  })
})

/** The links in papers of the package that lead to nothing in it. */
function brokenLinks(paths: readonly string[]): readonly string[] {
  return paths
    .filter(path => path.endsWith('.md'))
    .flatMap(path => {
      const links = [...textOf(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link)
      return links.filter(link => !paths.includes(join(dirname(path), link))).map(link => `${path}: ${link}`)
    })
}

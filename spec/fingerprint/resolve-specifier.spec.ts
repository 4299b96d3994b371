import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { resolveSpecifier } from '../../lib/fingerprint/resolve-specifier.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('resolveSpecifier', () => {
  const at = temporaryFolder()
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(at(name)), { recursive: true })
      writeFileSync(at(name), text)
    }
  }
  const resolved = (specifier: string, from = 'src/main.ts') => {
    const { files, packages } = resolveSpecifier(specifier, at(from))
    return [...files.map(file => relative(at(), file)), ...packages].join(' ')
  }

  it('finds files as Node and as TypeScript do', () => {
    write({
      'src/a.ts': '',
      'src/b.js': '',
      'src/c/index.mts': '',
      'src/d.mts': '',
      'src/e.json': '',
      'f.tsx': '',
      'src/g.d.ts': '',
    })
    const cases = {
      './a.ts': 'src/a.ts',
      './a.js': 'src/a.ts',
      './a': 'src/a.ts',
      './b': 'src/b.js',
      './b.js?again=1#x': 'src/b.js',
      './c': 'src/c/index.mts',
      './c/': 'src/c/index.mts',
      './d.mjs': 'src/d.mts',
      './e.json': 'src/e.json',
      './e': 'src/e.json',
      '../f.js': 'f.tsx',
      '../f.jsx': 'f.tsx',
      './g': 'src/g.d.ts',
      './missing.js': '',
    }
    for (const [specifier, expected] of Object.entries(cases))
      assert.equal(resolved(specifier), expected, specifier)
    assert.equal(resolved(at('src/a.js')), 'src/a.ts')
    assert.equal(resolved(pathToFileURL(at('src/b.js')).href), 'src/b.js')
  })

  it('takes all that one loader or another would choose', () => {
    write({ 'src/a.ts': '', 'src/a.js': '', 'src/b.ts': '', 'src/b/index.ts': '' })
    assert.equal(resolved('./a.js'), 'src/a.js src/a.ts')
    assert.equal(resolved('./a'), 'src/a.js src/a.ts')
    assert.equal(resolved('./b'), 'src/b.ts')
  })

  it('knows names with dots, spaces and escapes, and folders with a main file', () => {
    write({
      'src/a.b.ts': '',
      'src/a b.js': '',
      'src/lib/package.json': '{"main":"./start"}',
      'src/lib/start.js': '',
      'src/50%.js': '',
    })
    assert.equal(resolved('./a.b'), 'src/a.b.ts')
    assert.equal(resolved('./a%20b.js'), 'src/a b.js')
    assert.equal(resolved('./lib'), 'src/lib/start.js')
    assert.equal(resolved('./50%.js'), 'src/50%.js')
    assert.equal(resolved('.', 'src/lib/x.js'), 'src/lib/start.js')
  })

  it('names packages by version, from the nearest folder, and modules of Node', () => {
    write({
      'node_modules/a/package.json': '{"version":"1.0.0"}',
      'src/node_modules/a/package.json': '{"version":"2.0.0"}',
      'node_modules/@s/b/package.json': '{"version":"3.0.0"}',
      'node_modules/@s/b/x.js': '',
    })
    assert.equal(resolved('a'), 'a@2.0.0')
    assert.equal(resolved('a', 'main.ts'), 'a@1.0.0')
    assert.equal(resolved('@s/b/x.js'), '@s/b@3.0.0')
    assert.equal(resolved('../node_modules/@s/b/x.js'), '@s/b@3.0.0')
    assert.equal(resolved('fs'), 'node:fs')
    assert.equal(resolved('node:fs/promises'), 'node:fs/promises')
    assert.equal(resolved('missing'), '')
    assert.equal(resolved('https://example.org/x.js'), '')
  })

  it('follows packages that are only linked, as in a workspace', () => {
    write({
      'packages/b/package.json':
        '{"name":"b","version":"1.0.0","exports":{".":"./src/b.ts","./*":"./src/*.ts"}}',
      'packages/b/src/b.ts': '',
      'packages/b/src/deep.ts': '',
      'packages/c/package.json': '{"main":"lib/c.js","module":"lib/c.mjs"}',
      'packages/c/lib/c.js': '',
      'packages/c/lib/c.mjs': '',
    })
    mkdirSync(at('node_modules'))
    for (const name of ['b', 'c']) symlinkSync(at(`packages/${name}`), at(`node_modules/${name}`))
    assert.equal(resolved('b'), 'packages/b/src/b.ts')
    assert.equal(resolved('b/deep'), 'packages/b/src/deep.ts')
    assert.equal(resolved('c'), 'packages/c/lib/c.js packages/c/lib/c.mjs')
    assert.equal(resolved('c/lib/c'), 'packages/c/lib/c.js packages/c/lib/c.mjs')
  })

  it('knows what a package.json says of the package itself', () => {
    write({
      'package.json':
        '{"name":"own","imports":{"#a":{"node":"./src/a.js","default":"./src/a.browser.js"},"#in/*":"./src/*.js","#fs":"fs"},"exports":"./src/main.ts"}',
      'src/a.ts': '',
      'src/a.browser.js': '',
      'src/main.ts': '',
    })
    assert.equal(resolved('#a'), 'src/a.browser.js src/a.ts')
    assert.equal(resolved('#in/a'), 'src/a.ts')
    assert.equal(resolved('#fs'), 'node:fs')
    assert.equal(resolved('#none'), '')
    assert.equal(resolved('own'), 'src/main.ts')
  })

  it('knows the aliases of a tsconfig.json', () => {
    write({
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "@/*": ["./*"] } } }',
      'src/deep/a.ts': '',
      'node_modules/deep/package.json': '{"version":"1.0.0"}',
    })
    assert.equal(resolved('@/deep/a'), 'src/deep/a.ts')
    assert.equal(resolved('deep/a'), 'src/deep/a.ts deep@1.0.0')
  })
})

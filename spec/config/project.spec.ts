import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { findProject, safeName } from '../../lib/config/project.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('findProject', () => {
  const at = temporaryFolder()
  const make = (folder: string, name?: unknown) => {
    mkdirSync(at(folder), { recursive: true })
    writeFileSync(at(`${folder}/package.json`), JSON.stringify({ name }))
    return at(folder)
  }

  it('takes the nearest folder with a package.json above the script', () => {
    const root = make('app', 'my-app')
    mkdirSync(at('app/src/deep'), { recursive: true })
    const project = findProject(at('app/src/deep/main.ts'), '/')
    assert.equal(project.root, root)
    assert.match(project.cacheName, /^my-app-[0-9a-f]{12}$/)
  })

  it('works for the project that installed it where the script lies in node_modules', () => {
    const root = make('app', 'app')
    make('app/node_modules/mocha', 'mocha')
    make('app/node_modules/a/node_modules/b', 'b')
    assert.equal(findProject(at('app/node_modules/mocha/bin/mocha.js'), '/').root, root)
    assert.equal(findProject(at('app/node_modules/a/node_modules/b/x.js'), '/').root, root)
  })

  it('takes the working directory where there is no script, or no package.json above it', () => {
    const root = make('app', 'app')
    assert.equal(findProject(undefined, at('app')).root, root)
    const lone = findProject('/nowhere/x.ts', '/no where')
    assert.equal(lone.root, '/no where')
    assert.match(lone.cacheName, /^no_where-[0-9a-f]{12}$/)
    assert.equal(findProject('/nowhere/at/all.ts', at('app')).root, root)
  })

  it('gives two projects of one name caches of their own', () => {
    const [one, other] = [make('one/app', 'app'), make('other/app', 'app')]
    assert.notEqual(findProject(undefined, one).cacheName, findProject(undefined, other).cacheName)
  })

  it('makes do with the name of the folder where package.json has none, or cannot be read', () => {
    for (const [folder, content] of Object.entries({
      a: '{}',
      b: 'no JSON',
      c: 'null',
      d: '{"name":7}',
      e: '{"name":""}',
    })) {
      mkdirSync(at(folder))
      writeFileSync(at(`${folder}/package.json`), content)
      const project = findProject(undefined, at(folder))
      assert.equal(project.root, at(folder))
      assert.ok(project.cacheName.startsWith(`${basename(folder)}-`), project.cacheName)
    }
  })

  it('makes a folder name of any name', () => {
    for (const name of [
      '@scope/name',
      '../../etc',
      'a b',
      '日本語',
      'x'.repeat(300),
      '\u{20000}'.repeat(100),
      '.',
      'a\0b',
    ]) {
      const { cacheName } = findProject(undefined, make(`${safeName(name)}`, name))
      assert.match(cacheName, /^[\p{L}\p{N}_-][\p{L}\p{N}._-]*-[0-9a-f]{12}$/u)
      assert.ok(Buffer.byteLength(cacheName) <= 255)
      assert.ok(cacheName.isWellFormed())
    }
  })
})

describe('safeName', () => {
  it('keeps what is safe, and replaces the rest', () => {
    assert.equal(safeName('area_of-circle.v2'), 'area_of-circle.v2')
    assert.equal(safeName('@scope/name'), 'scope_name')
    assert.equal(safeName('../../x'), 'x')
    assert.equal(safeName('größe'), 'größe')
    assert.equal(safeName(''), '_')
    assert.equal(safeName('///'), '_')
    assert.equal(safeName('x'.repeat(100)).length, 64)
    assert.equal(safeName(`x${'\u{20000}'.repeat(40)}`).isWellFormed(), true)
  })
})

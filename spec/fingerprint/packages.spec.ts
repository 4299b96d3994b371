import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageOf, pathOf, projectPath } from '../../lib/fingerprint/packages.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('packageOf', () => {
  const at = temporaryFolder()
  const install = (folder: string, content: string) => {
    mkdirSync(at(`node_modules/${folder}`), { recursive: true })
    writeFileSync(at(`node_modules/${folder}/package.json`), content)
    return at(`node_modules/${folder}`)
  }

  it('gives name, version and file, of paths and of URLs', () => {
    const folder = install('plain', '{"version":"1.2.3"}')
    const expected = { name: 'plain', version: '1.2.3', file: 'lib/a b.js' }
    assert.deepEqual(packageOf(`${folder}/lib/a b.js`), expected)
    assert.deepEqual(packageOf(pathToFileURL(`${folder}/lib/a b.js`).href), expected)
    assert.deepEqual(packageOf(`${pathToFileURL(`${folder}/lib/a b.js`).href}?again=1`), expected)
  })

  it('knows scopes, pnpm, and packages within packages: the last node_modules counts', () => {
    const scoped = install('@scope/deep', '{"version":"2.0.0"}')
    assert.deepEqual(packageOf(`${scoped}/index.js`), {
      name: '@scope/deep',
      version: '2.0.0',
      file: 'index.js',
    })
    const inner = install('.pnpm/outer@1.0.0/node_modules/inner', '{"version":"3.0.0"}')
    assert.deepEqual(packageOf(`${inner}/x.js`), { name: 'inner', version: '3.0.0', file: 'x.js' })
  })

  it('takes the version of the package, not of a package.json in a folder of it', () => {
    const folder = install('typed', '{"version":"4.0.0"}')
    install('typed/esm', '{"type":"module","version":"0.0.0"}')
    assert.equal(packageOf(`${folder}/esm/index.js`)?.version, '4.0.0')
  })

  it('says so with an empty version where none can be read', () => {
    assert.equal(packageOf(at('node_modules/missing/index.js'))?.version, '')
    assert.equal(packageOf(`${install('broken', 'no JSON')}/index.js`)?.version, '')
    assert.equal(packageOf(`${install('number', '{"version":7}')}/index.js`)?.version, '')
    assert.equal(packageOf(`${install('null', 'null')}/index.js`)?.version, '')
  })

  it('parses paths of Windows', () => {
    const expected = { name: '@s/p', version: '', file: 'lib/x.js' }
    assert.deepEqual(packageOf('C:\\work\\node_modules\\@s\\p\\lib\\x.js'), expected)
    assert.deepEqual(packageOf('file:///C:/work/node_modules/@s/p/lib/x.js'), expected)
  })

  it('leaves own files and hidden folders to the program', () => {
    for (const path of [
      '/a/b.js',
      '/my_node_modules/x.js',
      '/node_modules.js',
      '/a/node_modules/.cache/tool/x.js',
      '',
    ])
      assert.equal(packageOf(path), undefined, path)
    for (const path of [
      '/a/node_modules/x.js',
      'node:fs',
      'data:text/javascript,1',
      'evalmachine.<anonymous>',
    ])
      assert.equal(packageOf(path), undefined, path)
  })
})

describe('projectPath', () => {
  it('is short within the working directory, and whole outside', () => {
    const file = join(process.cwd(), 'src', 'a b.ts')
    assert.equal(projectPath(file), 'src/a b.ts')
    assert.equal(projectPath(pathToFileURL(file).href), 'src/a b.ts')
    const outside = join(process.cwd(), '..', 'other.ts')
    assert.equal(projectPath(outside), outside.replaceAll(sep, '/'))
    assert.equal(projectPath(`${process.cwd()}x/y.ts`), `${process.cwd()}x/y.ts`.replaceAll(sep, '/'))
  })

  it('leaves what is no file as it is', () => {
    for (const url of ['node:fs', 'evalmachine.<anonymous>', '', 'data:text/javascript,1'])
      assert.equal(projectPath(url), url)
  })
})

describe('pathOf', () => {
  it('is the path of a URL, with its characters', () => {
    assert.equal(pathOf('file:///a%20b/c.js?x#y'), '/a b/c.js')
    assert.equal(pathOf('/a%20b/c.js'), '/a%20b/c.js')
    assert.equal(pathOf('file://host/share/x.js'), '/share/x.js')
  })
})

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fingerprint } from '../../lib/fingerprint/fingerprint.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('What a function requires and imports', () => {
  const at = temporaryFolder()
  let folders = 0
  /** The fingerprint of what main.cjs exports, in a folder of its own with these other files. */
  const of = (main: string, files: Readonly<Record<string, string>> = {}) => {
    const folder = `${++folders}`
    for (const [name, text] of Object.entries({ ...files, 'main.cjs': `module.exports = ${main}` })) {
      mkdirSync(dirname(at(`${folder}/${name}`)), { recursive: true })
      writeFileSync(at(`${folder}/${name}`), text)
    }
    const file = at(`${folder}/main.cjs`)
    return fingerprint(createRequire(file)(file))
  }
  const findings = (main: string) => of(main).findings.map(({ kind, path }) => `${kind} ${path}`)

  it('counts by its files as long as it is not loaded', () => {
    for (const main of ["() => require('./a.cjs')", "() => import('./a.cjs')"]) {
      const [one, same, other] = ['1', '1', '2'].map(
        text => of(main, { 'a.cjs': `module.exports = ${text}` }).hash,
      )
      assert.equal(one, same, main)
      assert.notEqual(one, other, main)
    }
  })

  it('counts as what it is once it is loaded', () => {
    const main = "(require('./a.cjs'), () => require('./a.cjs'))"
    const [one, same, other] = ['() => 1', '() => /* */ 1', '() => 2'].map(
      text => of(main, { 'a.cjs': `module.exports = ${text}` }).hash,
    )
    assert.equal(one, same)
    assert.notEqual(one, other)
  })

  it('counts by its version if it is a package', () => {
    const files = (version: string, text: string) => ({
      'node_modules/p/package.json': `{"name":"p","version":"${version}"}`,
      'node_modules/p/index.js': text,
    })
    for (const main of ["() => require('p')", "() => import('p')"]) {
      const hash = of(main, files('1.0.0', 'exports.a = 1')).hash
      assert.equal(of(main, files('1.0.0', 'exports.a = 2')).hash, hash, main)
      assert.notEqual(of(main, files('1.0.1', 'exports.a = 1')).hash, hash, main)
    }
  })

  it('is found where it cannot be told', () => {
    assert.deepEqual(findings("() => require('./missing.cjs')"), [
      'dynamic-import the function > ./missing.cjs',
    ])
    assert.deepEqual(findings('name => import(name)'), ['dynamic-import the function > import'])
    assert.deepEqual(findings("() => [require('node:path'), import('node:url')]"), [])
  })
})

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import inspector from 'node:inspector'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isCacheError } from '../../lib/base/errors.ts'
import { loadPackage, packagePath, startOf } from '../../lib/base/load-package.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('loadPackage', () => {
  const at = temporaryFolder()

  it('gives a package, a module of Node, and one that is an ES module', () => {
    assert.equal(typeof (loadPackage('acorn') as typeof import('acorn')).parse, 'function')
    assert.equal((loadPackage('node:inspector') as typeof inspector).Session, inspector.Session)
    assert.equal(typeof (loadPackage('env-paths') as { default: unknown }).default, 'function')
  })

  it('says of a package that is missing which it is, where it was looked for, and what to do', () => {
    for (const load of [loadPackage, packagePath]) {
      assert.throws(
        () => load('cachedict-has-no-such-package'),
        (error: Error) => {
          assert.ok(isCacheError(error, 'ERR_CACHE_PACKAGE'))
          assert.match(error.message, /the package cachedict-has-no-such-package, .*load-package\.ts\./)
          assert.match(error.message, /npm install.*--packages=external.*node_modules/)
          assert.equal(error.details.package, 'cachedict-has-no-such-package')
          return true
        },
      )
    }
  })

  it('passes on what a package throws that is there', () => {
    writeFileSync(at('broken.cjs'), "throw new Error('it is broken')")
    assert.throws(() => loadPackage(at('broken.cjs')), /^Error: it is broken$/)
  })
})

describe('startOf', () => {
  const at = temporaryFolder()
  const place = () => ({ script: at('script.cjs'), cwd: at() })

  it('is the module itself', () => {
    assert.equal(startOf(pathToFileURL(at('lib/a.js')).href, at('b.cjs'), place()), at('lib/a.js'))
  })

  it('is the bundle where that has no URL, or none of a file', () => {
    assert.equal(startOf(undefined, at('b.cjs'), place()), at('b.cjs'))
    assert.equal(startOf('data:text/javascript,0', at('b.cjs'), place()), at('b.cjs'))
  })

  it('is the main script where the bundle does not know where it lies', () => {
    assert.equal(startOf(undefined, undefined, place()), at('script.cjs'))
    assert.equal(startOf(undefined, 'b.cjs', place()), at('script.cjs'))
  })

  it('is a file in the working directory where there is no script', () => {
    assert.equal(startOf(undefined, undefined, { script: undefined, cwd: at() }), join(at(), 'index.js'))
    assert.equal(startOf(undefined, undefined, { script: '-', cwd: at() }), join(at(), 'index.js'))
  })
})

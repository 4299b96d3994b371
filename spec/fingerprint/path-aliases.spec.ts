import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { aliasTargets } from '../../lib/fingerprint/path-aliases.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('aliasTargets', () => {
  const at = temporaryFolder()
  const write = (name: string, text: string) => {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), text)
  }
  const targets = (specifier: string, from = 'app/src/main.ts') =>
    aliasTargets(specifier, at(from)).map(path => relative(at(), path))

  it('fills the patterns of the nearest configuration, with comments and commas', () => {
    write(
      'app/tsconfig.json',
      '\uFEFF{ // for us\n "compilerOptions": { /* , */ "paths": { "@/*": ["./src/*", "./gen/*"], "one": ["./one.ts"], "u//x": ["./u.ts",], }, } }',
    )
    assert.deepEqual(targets('@/a/b'), ['app/src/a/b', 'app/gen/a/b'])
    assert.deepEqual(targets('one'), ['app/one.ts'])
    assert.deepEqual(targets('u//x'), ['app/u.ts'])
    assert.deepEqual(targets('two'), [])
  })

  it('goes by baseUrl, with and without patterns', () => {
    write('app/tsconfig.json', '{"compilerOptions":{"baseUrl":"./src","paths":{"@/*":["./x/*"]}}}')
    assert.deepEqual(targets('@/a'), ['app/src/x/a', 'app/src/@/a'])
    assert.deepEqual(targets('deep/a'), ['app/src/deep/a'])
  })

  it('goes by what is extended, unless it says so itself', () => {
    write('base/tsconfig.json', '{"compilerOptions":{"paths":{"@/*":["./base/*"]}}}')
    write('app/tsconfig.json', '{"extends":["some-package","../base/tsconfig"]}')
    assert.deepEqual(targets('@/a'), ['base/base/a'])
    write(
      'app/tsconfig.json',
      '{"extends":"../base/tsconfig.json","compilerOptions":{"paths":{"@/*":["./own/*"]}}}',
    )
    assert.deepEqual(targets('@/a'), ['app/own/a'])
    write('app/tsconfig.json', '{"extends":"./tsconfig.json"}')
    assert.deepEqual(targets('@/a'), [])
  })

  it('knows none without a configuration, or with one that is damaged', () => {
    assert.deepEqual(targets('@/a'), [])
    for (const text of [
      'no JSON',
      'null',
      '7',
      '{"compilerOptions":7}',
      '{"compilerOptions":{"paths":null}}',
    ]) {
      write('app/tsconfig.json', text)
      assert.deepEqual(targets('@/a'), [], text)
    }
    write('other/jsconfig.json', '{"compilerOptions":{"paths":{"@/*":["./*"]}}}')
    assert.deepEqual(targets('@/a', 'other/x.js'), ['other/a'])
  })
})

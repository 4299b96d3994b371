import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { packageTargets, readPackage } from '../../lib/fingerprint/package-targets.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('packageTargets', () => {
  it('gives the targets under all conditions', () => {
    const table = {
      '.': { import: './a.mjs', require: { node: './a.cjs', default: ['./b.cjs', null] } },
      './x': './x.js',
    }
    assert.deepEqual(packageTargets(table, '.'), ['./a.mjs', './a.cjs', './b.cjs'])
    assert.deepEqual(packageTargets(table, './x'), ['./x.js'])
    assert.deepEqual(packageTargets(table, './y'), [])
  })

  it('takes a table without names for the package itself', () => {
    assert.deepEqual(packageTargets('./a.js', '.'), ['./a.js'])
    assert.deepEqual(packageTargets({ import: './a.mjs', default: './a.cjs' }, '.'), ['./a.mjs', './a.cjs'])
    assert.deepEqual(packageTargets('./a.js', './x'), [])
    for (const table of [undefined, null, 7, {}]) assert.deepEqual(packageTargets(table, '.'), [])
  })

  it('fills patterns', () => {
    const table = {
      './*.js': './src/*.ts',
      './old/': './old/',
      '#in/*': { default: './in/*/*.ts' },
      '#dep': 'dep',
    }
    assert.deepEqual(packageTargets(table, './a/b.js'), ['./src/a/b.ts'])
    assert.deepEqual(packageTargets(table, './old/x.js'), ['./src/old/x.ts', './old/x.js'])
    assert.deepEqual(packageTargets(table, '#in/a$&'), ['./in/a$&/a$&.ts'])
    assert.deepEqual(packageTargets(table, '#dep'), ['dep'])
    assert.deepEqual(packageTargets(table, '__proto__'), [])
    assert.deepEqual(packageTargets({ './a*a': './x*' }, './a'), [])
  })
})

describe('readPackage', () => {
  const at = temporaryFolder()

  it('gives the content, or nothing', () => {
    assert.equal(readPackage(at()), undefined)
    for (const [text, content] of [
      ['{"name":"a"}', { name: 'a' }],
      ['no JSON', undefined],
      ['null', undefined],
      ['[]', undefined],
    ] as const) {
      writeFileSync(at('package.json'), text)
      assert.deepEqual(readPackage(at()), content)
    }
    mkdirSync(at('x'))
    assert.equal(readPackage(at('x')), undefined)
  })
})

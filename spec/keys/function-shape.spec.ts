import assert from 'node:assert/strict'
import { createContext, runInContext } from 'node:vm'
import { digest } from '../../lib/keys/canonical.ts'
import { functionShape } from '../../lib/keys/function-shape.ts'
import { Refusal } from '../../lib/keys/refusal.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'

const run = (source: string): AnyFunction => new Function(`return ${source}`)()

describe('functionShape', () => {
  it('counts the source of a function, whatever its name and its toString say', () => {
    const loud = Object.defineProperty(run('a => a'), 'toString', { value: () => 'other' })
    const named = Object.defineProperty(run('a => a'), 'name', { value: 'other' })
    assert.equal(digest(loud), digest(run('a => a')))
    assert.equal(digest(named), digest(run('a => a')))
    assert.notEqual(digest(run('a => a + 1')), digest(run('a => a')))
  })

  it('counts what a class extends', () => {
    const derived = (base: string): string => digest(run(`(Base => class extends Base {})(${base})`))
    assert.equal(derived('class { m() {} }'), derived('class { m() {} }'))
    assert.notEqual(derived('class { m() {} }'), derived('class { n() {} }'))
    assert.notEqual(derived('Map'), derived('Set'))
    const { items, names, children } = functionShape(run('class extends Map { static s = 1 }'))
    assert.deepEqual([items, names, children], [1, ['s'], [Map, 1]])
  })

  it('takes every kind of function, also of another realm', () => {
    for (const source of [
      '() => 1',
      'async () => 1',
      'function* () {}',
      'async function* () {}',
      'class {}',
    ]) {
      const foreign: AnyFunction = runInContext(`(${source})`, createContext({}))
      assert.equal(functionShape(foreign).items, 0, source)
      assert.equal(digest(foreign), digest(run(source)))
    }
  })

  it('refuses functions without a source that are no part of the language', () => {
    assert.throws(() => functionShape(run('a => a').bind(null)), Refusal)
  })
})

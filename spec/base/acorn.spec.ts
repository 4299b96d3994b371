import assert from 'node:assert/strict'
import { acorn, PARSE_OPTIONS } from '../../lib/base/acorn.ts'
import { runScript } from '../support/run-script.ts'

describe('acorn', () => {
  it('is loaded by the first call, not by importing the package', () => {
    const loaded = runScript(
      `
        import { createRequire } from 'node:module'
        import 'cachedict'
        import { acorn } from './lib/base/acorn.ts'
        const { cache } = createRequire(process.cwd() + '/x.js')
        const isLoaded = () => Object.keys(cache).some(path => /[\\\\/]node_modules[\\\\/]acorn[\\\\/]/.test(path))
        const before = isLoaded()
        acorn()
        console.log(JSON.stringify([before, isLoaded()]))
      `,
      {},
    )
    assert.deepEqual(loaded, [false, true])
  })

  it('is one module, whoever asks', () => {
    assert.equal(acorn(), acorn())
  })
})

describe('PARSE_OPTIONS', () => {
  const parses = (text: string) => acorn().parse(text, PARSE_OPTIONS).type === 'Program'

  it('let the newest syntax through', () => {
    assert.ok(parses('class A { static { this.#a ??= 1n } static #a; accessor = /a/v }'))
  })

  it('let pieces through that are valid only where they were cut out', () => {
    for (const text of ['this.#field', '(a = super.b) => a', 'await a', 'var enum_ = await import("a")']) {
      assert.ok(parses(text), text)
    }
  })

  it('refuse what is no JavaScript', () => {
    for (const text of ['native code }', 'let a: string', 'class {']) {
      assert.throws(() => parses(text), SyntaxError)
    }
  })

  it('read a sloppy script, as functions of a CommonJS file are', () => {
    assert.ok(parses('with (a) b = 017'))
    assert.throws(() => parses('import a from "a"'), SyntaxError)
  })
})

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { fingerprint } from '../../lib/fingerprint/fingerprint.ts'
import { findingsOf, fingerprintOf, tells } from '../support/fingerprint-of.ts'

// It comes without types.
const { partial } = createRequire(import.meta.url)('lodash')

describe('The text of a function', () => {
  it('of a bound one is what it binds', () => {
    const program = 'function f(a) { return this.k + a } return f.bind({ k: 1 }, 2)'
    assert.equal(tells(program, 'k: 1', 'k: 2'), true)
    assert.equal(tells(program, ', 2)', ', 3)'), true)
    assert.equal(tells(program, '+ a', '- a'), true)
    assert.equal(tells('function f() {} return f.bind(null, 1).bind(null, 2)', 'null, 1', 'null, 3'), true)
  })

  it('of a Proxy is the Proxy', () => {
    assert.equal(tells('return new Proxy(() => 1, { apply: () => 2 })', '=> 1', '=> 3'), true)
    assert.equal(tells('return new Proxy(() => 1, { apply: () => 2 })', '=> 2', '=> 3'), true)
  })

  it('of what has no source is its name, and a finding', () => {
    const wasm = 'AGFzbQEAAAABBQFgAAF/AwIBAAcFAQFmAAAKBgEEAEEBCw=='
    const program = `return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from('${wasm}', 'base64'))).exports.f`
    assert.deepEqual(findingsOf(program), ['opaque 0'])
  })

  it('of code of a package is its version, and what of the program it holds', () => {
    const add = (n: number) => partial((a: number, b: number) => a + b + n, 1)
    const { parts, hash } = fingerprint(add(1))
    assert.ok(parts.some(part => part.kind === 'package' && part.name === 'lodash'))
    assert.equal(hash, fingerprint(add(1)).hash)
    assert.notEqual(hash, fingerprint(add(2)).hash)
  })

  it('of code of Node is what it wraps', () => {
    const later = (n: number) => promisify((done: (error: null, value: number) => void) => done(null, n))
    assert.equal(fingerprint(later(1)).hash, fingerprint(later(1)).hash)
    assert.notEqual(fingerprint(later(1)).hash, fingerprint(later(2)).hash)
  })

  it('of what cannot be looked into without running code is its source, and a finding', () => {
    const program =
      'const f = () => k; Object.setPrototypeOf(f, new Proxy(() => 2, { ownKeys() { throw new Error("ran") } })); const k = 1; return f'
    assert.deepEqual(findingsOf(program), ['opaque f'])
    assert.equal(tells(program, '=> 2', '=> 3'), true)
    assert.deepEqual(
      fingerprintOf('const f = () => 1; Object.setPrototypeOf(f, new Proxy(() => 2, {})); return f').findings,
      [],
    )
  })
})

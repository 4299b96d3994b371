import assert from 'node:assert/strict'
import { fingerprint, hashOf } from '../../lib/fingerprint/fingerprint.ts'
import { made } from '../support/fingerprint-of.ts'

const make = (n: number) => () => n

describe('fingerprint', () => {
  it('is a hash of the function and of what it captures', () => {
    const { hash, mode } = fingerprint(make(1))
    assert.match(hash, /^[\da-f]{64}$/)
    assert.equal(mode, 'inspector')
    assert.equal(fingerprint(make(1)).hash, hash)
    assert.notEqual(fingerprint(make(2)).hash, hash)
    assert.ok(Object.isFrozen(fingerprint(make(1))))
  })

  it('is of the body alone if one wishes', () => {
    assert.equal(fingerprint(make(1), { code: 'own' }).hash, fingerprint(make(2), { code: 'own' }).hash)
  })

  it('is not of what is no function', () => {
    for (const value of [null, undefined, 1, 'f', {}, Symbol('f')])
      assert.throws(() => fingerprint(value as never), {
        name: 'TypeError',
        message: /^fingerprint was given/,
      })
    assert.throws(() => fingerprint(null as never), /was given null/)
  })

  it('joins code and values so that none can be taken for another', () => {
    const hashes = [
      { code: 'a', values: [] },
      { code: 'a', values: ['b'] },
      { code: 'a', values: ['b', 'c'] },
      { code: 'a', values: ['bc'] },
    ].map(hashOf)
    assert.equal(new Set(hashes).size, hashes.length)
  })

  it('is there whatever a function captures', () => {
    for (const odd of ODD) {
      const { hash } = fingerprint(made(`${odd}; return () => o`) as () => unknown)
      assert.equal(fingerprint(made(`${odd}; return () => o`) as () => unknown).hash, hash, odd)
    }
  })

  it('does not take long for large programs', () => {
    const functions = Array.from(
      { length: 2_000 },
      (_, i) => `function f${i}(n) { return n && f${(i * 7 + 1) % 2_000}(n) + f${(i * 13 + 5) % 2_000}(n) }`,
    )
    const hierarchy =
      'let A = class {}; for (let i = 0; i < 200; i++) A = class extends A { m() { return super.m() } }; return () => new A()'
    const nested = 'let o = {}; for (let i = 0; i < 10_000; i++) o = { o }; return () => o'
    for (const program of [`${functions.join('; ')}; return f0`, hierarchy, nested]) {
      const start = performance.now()
      fingerprint(made(program) as () => unknown)
      assert.ok(performance.now() - start < 3_000, program.slice(-80))
    }
  })
})

/** Programs in which `o` is something that one would not expect. */
const ODD = [
  'const o = Object.create(null)',
  'const o = class extends null {}',
  'const o = () => 1; Object.setPrototypeOf(o, null); delete o.name',
  'const o = () => 1; o[Symbol.for("cachedict.original")] = o',
  'const o = () => 1, p = () => 2; o[Symbol.for("cachedict.original")] = p; p[Symbol.for("cachedict.original")] = o',
  'const o = () => 1; o[Symbol.for("cachedict.original")] = { a: 1 }',
  'const o = new Map(); o.set(o, o)',
  'const o = []; o.length = 2 ** 32 - 1',
  'const o = (function () { return arguments })(1)',
  'const o = (function* () { yield 1 })()',
  'const o = [globalThis, process, Math, Object.prototype, Function.prototype]',
  'const o = Object.getPrototypeOf(async function () {})',
  'const o = [Symbol(), Symbol.for("a"), Symbol.iterator]',
  'const o = "\\ud800"',
  'const { proxy: o, revoke } = Proxy.revocable(class {}, {}); revoke()',
  'const P = Proxy.revocable(class {}, {}), o = class extends P.proxy {}; P.revoke()',
  'const o = new Uint8Array(8); structuredClone(o.buffer, { transfer: [o.buffer] })',
  'const o = new Proxy({}, {}); Object.setPrototypeOf(o, null)',
]

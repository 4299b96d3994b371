import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { LeftOut } from '../../lib/fingerprint/left-out.ts'
import { membersHeld } from '../../lib/fingerprint/members-held.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'
import { made } from '../support/fingerprint-of.ts'
import { surveyed } from '../support/surveyed.ts'

describe('The members of namespaces that functions use', () => {
  const look = (program: string, values = {}) => surveyed(made(program, values) as AnyFunction, membersHeld)

  it('are seen to be others', () => {
    const ns = { __esModule: true, rate: 1, other: 1 }
    const hasChanged = look('return n => n * ns.rate', { ns })
    ns.other = 2
    assert.equal(hasChanged(), false)
    ns.rate = 2
    assert.equal(hasChanged(), true)
  })

  it('are globals, by whatever name', () => {
    const globals = globalThis as { specRate?: unknown }
    try {
      for (const program of ['specRate', 'globalThis.specRate']) {
        globals.specRate = 1
        const hasChanged = look(`return n => n * ${program}`)
        assert.equal(hasChanged(), false)
        globals.specRate = 2
        assert.equal(hasChanged(), true)
      }
    } finally {
      Reflect.deleteProperty(globals, 'specRate')
    }
  })

  it('are not those that the program changes itself, nor read by running anything', () => {
    const ns = { __esModule: true, calls: 0, rate: 1 }
    Object.defineProperty(ns, 'lazy', { get: () => assert.fail('was run'), enumerable: true })
    const hasChanged = look('return () => { ns.calls += 1; return [ns.lazy, ns.rate] }', { ns })
    ns.calls += 1
    assert.equal(hasChanged(), false)
  })

  it('are none of nothing', () => {
    assert.equal(membersHeld([], new LeftOut())(), false)
    assert.equal(look('return f', { f: runInNewContext('() => Math.max(1)') })(), false)
  })
})

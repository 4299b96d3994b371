import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { readCode } from '../../lib/fingerprint/read-code.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'
import { findingsOf, fingerprintOf, made, tells } from '../support/fingerprint-of.ts'

const hashOf = (program: string, values = {}) => fingerprintOf(program, values).hash

describe('What a free name stands for', () => {
  it('is what it holds, and not the name', () => {
    assert.equal(
      hashOf('const a = x => x + 1; return y => a(y)'),
      hashOf('const b = x => x + 1; return y => b(y)'),
    )
    assert.equal(hashOf('return Math.max'), hashOf('const { max } = Math; return max'))
    assert.equal(hashOf('return x => Math.max(x)'), hashOf('const { max } = Math; return x => max(x)'))
    assert.equal(hashOf('return () => globalThis.Math.max(1)'), hashOf('return () => Math.max(1)'))
  })

  it('is the member of a namespace that is used, or all of it', () => {
    const ns = (f: number, g: number) => ({ __esModule: true, f, g })
    assert.equal(hashOf('return () => ns.f', { ns: ns(1, 2) }), hashOf('return () => ns.f', { ns: ns(1, 3) }))
    assert.notEqual(
      hashOf('return () => ns.f', { ns: ns(1, 2) }),
      hashOf('return () => ns.f', { ns: ns(2, 2) }),
    )
    assert.notEqual(
      hashOf('return k => ns[k]', { ns: ns(1, 2) }),
      hashOf('return k => ns[k]', { ns: ns(1, 3) }),
    )
  })

  it('goes through namespaces within namespaces, and round in circles', () => {
    const outer = (k: number) => {
      const inner: Record<string, unknown> = { __esModule: true, k }
      const namespace = { __esModule: true, inner }
      inner.outer = namespace
      return namespace
    }
    assert.notEqual(
      hashOf('return k => ns[k]', { ns: outer(1) }),
      hashOf('return k => ns[k]', { ns: outer(2) }),
    )
    assert.equal(hashOf('return k => ns[k]', { ns: outer(1) }), hashOf('return k => ns[k]', { ns: outer(1) }))
  })

  it('is what a program has added to the language, and not what the language has', () => {
    Object.assign(Math, { spec: 1 })
    const before = hashOf('return () => Math.spec')
    Object.assign(Math, { spec: 2 })
    assert.notEqual(hashOf('return () => Math.spec'), before)
    Reflect.deleteProperty(Math, 'spec')
    assert.notEqual(hashOf('return () => Math.PI'), hashOf('return () => Math.E'))
    assert.deepEqual(fingerprintOf('return () => Math.PI').parts.length, 1)
  })

  it('is read again by the whole chain of names', () => {
    const globals = globalThis as { specRate?: number }
    const changedBy = (program: string) => {
      globals.specRate = 1
      const recheck = readCode(made(program) as AnyFunction, 'deep')
      const changes = recheck.watch()
      assert.deepEqual(changes(), [], program)
      globals.specRate = 2
      const [now] = changes()
      return now?.index
    }
    try {
      for (const program of ['globalThis.specRate', 'global.specRate', 'specRate'])
        assert.equal(changedBy(`return () => ${program}`), 0)
    } finally {
      Reflect.deleteProperty(globals, 'specRate')
    }
  })

  it('is the language of its own realm', () => {
    const program = 'x => Math.max(x, Number.MAX_VALUE)'
    assert.equal(fingerprintOf('return f', { f: runInNewContext(program) }).hash, hashOf(`return ${program}`))
  })

  it('is nothing where there is no such name', () => {
    assert.equal(tells('return () => typeof missing', 'missing', 'missing2'), true)
    assert.equal(hashOf('return () => typeof missing'), hashOf('return () => typeof missing'))
  })

  it('cannot be told where all globals are within reach', () => {
    assert.deepEqual(findingsOf('return k => globalThis[k]'), ['eval the function > globalThis'])
    assert.deepEqual(findingsOf('return text => (0, eval)(text)'), ['eval the function > eval'])
    assert.deepEqual(findingsOf('return text => new Function(text)'), ['eval the function > Function'])
    assert.deepEqual(findingsOf('return () => [typeof eval, globalThis.Math, Function.prototype]'), [])
  })

  it('is found without running getters and traps', () => {
    const bomb = () => {
      throw new Error('ran')
    }
    const proxy = new Proxy({}, new Proxy({}, { get: bomb }))
    const values = { proxy, o: Object.defineProperty({}, 'x', { get: bomb }), child: Object.create(proxy) }
    for (const use of [
      'proxy.a.b()',
      'proxy.a.push(1)',
      'proxy.a = 1',
      'o.x.y()',
      'child.a()',
      'child.a.b = 1',
      'proxy + 1',
    ])
      fingerprintOf(`return () => { ${use} }`, values)
  })
})

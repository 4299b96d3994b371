import assert from 'node:assert/strict'
import { declare, innerScope, resolve, type Scope } from '../../../lib/fingerprint/normal-form/scope.ts'

describe('A scope', () => {
  const root: Scope = {
    ...{ names: new Map(), hoisted: undefined, parent: undefined },
    thisOf: 'self',
    isStrict: false,
  }

  it('hides outer names behind inner ones', () => {
    const outer = innerScope(root, ['a', 'b'])
    const inner = innerScope(outer, ['a'])
    assert.equal(resolve(inner, 'a').binding, inner.names.get('a'))
    assert.equal(resolve(inner, 'b').binding, outer.names.get('b'))
    assert.equal(resolve(inner, 'b').kind, 'local')
    assert.deepEqual(resolve(inner, 'c'), { kind: 'free' })
  })

  it('may only perhaps have a name', () => {
    const outer = innerScope(root, ['a', 'b'])
    const binding = { label: undefined, role: 'local' } as const
    const inner = innerScope(outer, ['b'], {
      hoisted: new Map([
        ['a', binding],
        ['b', binding],
      ]),
    })
    assert.deepEqual(resolve(inner, 'a'), {
      kind: 'either',
      binding,
      otherwise: { kind: 'local', binding: outer.names.get('a') },
    })
    assert.equal(resolve(inner, 'b').kind, 'local')
  })

  it('declares a name once', () => {
    const scope = innerScope(root, ['a'])
    const first = scope.names.get('a')
    declare(scope, 'a', 'parameter')
    assert.equal(scope.names.get('a'), first)
  })

  it('sees the this of the one around it, unless it has its own', () => {
    assert.equal(innerScope(root, []).thisOf, 'self')
    assert.equal(innerScope(root, [], { thisOf: 'inner', isStrict: true }).thisOf, 'inner')
    assert.equal(innerScope(root, [], { isStrict: true }).isStrict, true)
  })
})

import assert from 'node:assert/strict'
import type { Scope } from '../../lib/base/inspector.ts'
import { innerScopes, mayHoldUserData } from '../../lib/fingerprint/inner-scopes.ts'

const scope = (kind: Scope['kind'], variables: object): Scope => ({ kind, variables: { ...variables } })
const inside = (...scopes: readonly Scope[]) => ({ scopes, location: undefined, bound: undefined })

describe('The inner scopes of code of a package', () => {
  it('are those that may hold what is of the user', () => {
    const [closure, block] = [scope('closure', { fn: 1 }), scope('block', { i: 1 })]
    const all = inside(
      block,
      closure,
      scope('module', { a: 1 }),
      scope('script', { a: 1 }),
      scope('global', { a: 1 }),
    )
    assert.deepEqual(innerScopes(all), [block, closure])
    assert.equal(mayHoldUserData(all), true)
  })

  it('are not those of a module in CommonJS, nor as large as only modules are', () => {
    const commonJs = scope('closure', {
      require: 1,
      exports: 1,
      module: 1,
      __filename: '',
      __dirname: '',
      other: 1,
    })
    const large = scope('closure', Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`v${i}`, i])))
    assert.deepEqual(innerScopes(inside(commonJs, large)), [])
    assert.equal(mayHoldUserData(inside(commonJs, large)), false)
    const closure = scope('closure', { fn: 1 })
    assert.deepEqual(innerScopes(inside(closure, large, scope('closure', { around: 1 }))), [closure])
  })
})

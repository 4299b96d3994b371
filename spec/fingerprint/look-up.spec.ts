import assert from 'node:assert/strict'
import type { Inside, Scope } from '../../lib/base/inspector.ts'
import { isOfModule, lookUp } from '../../lib/fingerprint/look-up.ts'

const scope = (kind: Scope['kind'], variables: object): Scope => ({
  kind,
  variables: Object.assign(Object.create(null), variables),
})
const inside = (...scopes: Scope[]): Pick<Inside, 'scopes'> => ({ scopes })

describe('lookUp', () => {
  it('takes the innermost scope that has the name', () => {
    const found = lookUp(
      'n',
      inside(scope('block', { m: 0 }), scope('closure', { n: 1 }), scope('module', { n: 2 })),
    )
    assert.equal(found.is === 'variable' && found.value, 1)
  })

  it('looks among the globals last, and runs none of their getters', () => {
    const globals = Object.defineProperty({ known: 1 }, 'asked', {
      get: () => assert.fail('asked'),
      enumerable: true,
    })
    const global: Scope = { kind: 'global', variables: globals }
    assert.deepEqual(lookUp('known', inside(global)), { is: 'global', value: 1 })
    assert.deepEqual(lookUp('asked', inside(global)), { is: 'accessor' })
    assert.deepEqual(lookUp('nobody', inside(global)), { is: 'missing' })
    assert.equal(lookUp('Math', inside()).is, 'global')
  })

  it('says where a declaration was not reached yet', () => {
    const variables = Object.defineProperty(Object.create(null), 'late', {
      get() {
        throw new ReferenceError("Cannot access 'late' from debugger")
      },
    })
    assert.deepEqual(lookUp('late', inside({ kind: 'module', variables })), { is: 'too-early' })
  })

  it('finds a variable that is undefined', () => {
    assert.equal(lookUp('n', inside(scope('closure', { n: undefined }))).is, 'variable')
  })
})

describe('isOfModule', () => {
  it('knows modules of both kinds', () => {
    assert.equal(isOfModule(scope('module', {})), true)
    assert.equal(isOfModule(scope('closure', { exports: {}, x: 1 })), true)
    assert.equal(isOfModule(scope('closure', { x: 1 })), false)
    assert.equal(isOfModule(scope('block', { exports: {} })), false)
  })
})

import assert from 'node:assert/strict'
import { digest } from '../../lib/keys/canonical.ts'
import { classIdentity } from '../../lib/keys/class-identity.ts'
import { Refusal } from '../../lib/keys/refusal.ts'

const make = (source: string): { prototype: object } => new Function(`return ${source}`)()
const identityOf = (source: string): ReturnType<typeof classIdentity> => classIdentity(make(source).prototype)

describe('classIdentity', () => {
  it('is that of the source of the class and of all that it extends', () => {
    const { digest } = identityOf('class A { m() { return 1 } }')
    assert.equal(identityOf('class A { m() { return 1 } }').digest, digest)
    assert.notEqual(identityOf('class A { m() { return 2 } }').digest, digest)
    assert.notEqual(identityOf('class B { m() { return 1 } }').digest, digest)
    const derived = (base: string): string => identityOf(`(Base => class extends Base {})(${base})`).digest
    assert.notEqual(derived('class A { x() {} }'), derived('class A { y() {} }'))
    assert.equal(derived('class A { x() {} }'), derived('class A { x() {} }'))
  })

  it('sees methods that were put on a prototype from outside', () => {
    const old = (method: string): string =>
      identityOf(`(() => { function F() {}; F.prototype.m = ${method}; return F })()`).digest
    assert.equal(old('a => 1'), old('a => 1'))
    assert.notEqual(old('a => 1'), old('a => 2'))
  })

  it('ends with the class of the language', () => {
    assert.equal(identityOf('class extends Map {}').base, 'Map')
    assert.equal(identityOf('class extends TypeError {}').base, 'TypeError')
    assert.equal(identityOf('class extends Buffer {}').base, 'Buffer')
    assert.equal(identityOf('class extends null {}').base, 'null')
    assert.deepEqual(
      { ...classIdentity(Map.prototype), privates: undefined },
      {
        base: 'Map',
        name: 'Map',
        digest: '',
        classes: [],
        prototype: undefined,
        privates: undefined,
        hidden: false,
      },
    )
  })

  it('lists the classes, nearest first', () => {
    class Base extends Map {}
    class Derived extends Base {}
    assert.deepEqual(classIdentity(Derived.prototype).classes, [Derived, Base])
  })

  it('looks into no Proxy', () => {
    const trap = new Proxy({}, { getPrototypeOf: () => assert.fail('was run') })
    assert.throws(() => classIdentity(trap), Refusal)
    assert.throws(() => digest([Object.create(Object.create(trap))]), /a Proxy has no stable identity/)
  })

  it('finds private fields in the whole chain', () => {
    const { privates } = identityOf('class extends (class { #a = 1; #m() {}; static #s = 1 }) { #b }')
    assert.deepEqual([...(privates ?? [])], ['#b', '#a'])
  })

  it('runs no static getter to find a name', () => {
    const loud = make('class { static get name() { throw new Error("was run") } }')
    assert.equal(classIdentity(loud.prototype).name, '')
  })

  it('takes a prototype that is no class for a value', () => {
    const prototype = { m: 1 }
    assert.equal(classIdentity(prototype).prototype, prototype)
  })

  it('refuses classes whose state cannot be seen', () => {
    for (const owner of [Promise, WeakMap, Blob, ReadableStream, make('class extends Promise {}')]) {
      assert.throws(() => classIdentity(owner.prototype), Refusal)
    }
  })

  it('knows classes of the language whose prototypes do not lead to them', () => {
    const own = Map.prototype.constructor
    Object.defineProperty(Map.prototype, 'constructor', { get: () => own, configurable: true })
    try {
      assert.equal(identityOf('class A extends Map {}').base, 'Map')
    } finally {
      Object.defineProperty(Map.prototype, 'constructor', {
        value: own,
        writable: true,
        configurable: true,
      })
    }
  })
})

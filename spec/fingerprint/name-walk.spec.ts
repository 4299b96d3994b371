import assert from 'node:assert/strict'
import { type NameTable, nameAll } from '../../lib/fingerprint/name-walk.ts'

describe('nameAll', () => {
  const walk = (root: object) => {
    const table: NameTable = { names: new WeakMap(), namespaces: new WeakSet() }
    nameAll(table, 'root', root, (owner, key) =>
      key === 'late'
        ? undefined
        : { name: `root.${key}`, value: Object.getOwnPropertyDescriptor(owner, key)?.value },
    )
    return table
  }

  it('names functions, classes with their prototypes, and listed objects', () => {
    class Thing {
      static make() {}
      get size() {
        return 0
      }
      grow() {}
    }
    const root = { Thing, read: () => 1, constants: { deep: () => 1 }, env: { secret: () => 1 } }
    const { names, namespaces } = walk(root)
    const size = Object.getOwnPropertyDescriptor(Thing.prototype, 'size')?.get as object
    assert.deepEqual(
      [
        root,
        Thing,
        Thing.make,
        Thing.prototype,
        Thing.prototype.grow,
        size,
        root.read,
        root.constants.deep,
      ].map(value => names.get(value)),
      [
        'root',
        'root.Thing',
        'root.Thing.make',
        'root.Thing.prototype',
        'root.Thing.prototype.grow',
        'get root.Thing.prototype.size',
        'root.read',
        'root.constants.deep',
      ],
    )
    assert.equal(names.get(root.env), 'root.env')
    assert.ok(namespaces.has(root) && namespaces.has(Thing) && namespaces.has(root.constants))
    assert.ok(!namespaces.has(root.env) && !namespaces.has(root.read))
  })

  it('leaves alone what is private, unlisted, late, the language or behind a getter', () => {
    let ran = 0
    const root = { _own: () => 1, table: {}, late: () => 1, max: Math.max, env: { inner: () => 1 } }
    Object.defineProperty(root, 'trap', { enumerable: true, get: () => ran++ })
    const { names } = walk(root)
    for (const value of [root._own, root.table, root.late, root.max, root.env.inner])
      assert.equal(names.get(value), undefined)
    assert.equal(ran, 0)
  })

  it('keeps the first name of a thing', () => {
    const one = () => 1
    assert.equal(walk({ b: one, a: one }).names.get(one), 'root.b')
  })
})

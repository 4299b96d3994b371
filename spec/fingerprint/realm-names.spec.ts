import assert from 'node:assert/strict'
import { createContext, runInContext } from 'node:vm'
import { realmNames } from '../../lib/fingerprint/realm-names.ts'
import { builtinName } from '../../lib/keys/builtins.ts'

const valueAt = (path: string): object =>
  path.split('.').reduce((owner: object, key) => Reflect.get(owner, key) as object, globalThis)

describe('realmNames', () => {
  const context = createContext({})
  const inside = (text: string) => runInContext(text, context)

  it('calls everything of the language as this realm does', () => {
    const { names } = realmNames(inside('globalThis'))
    const paths =
      'Math.max Array.prototype.values Number.parseFloat Map Object.prototype Intl.NumberFormat Promise.all JSON'
    for (const path of paths.split(' ')) {
      const there = names.get(inside(path))
      assert.ok(there !== undefined, path)
      assert.equal(there, builtinName(valueAt(path)), path)
    }
    assert.equal(
      names.get(inside('Object.getOwnPropertyDescriptor(Map.prototype, "size").get')),
      'get Map.prototype.size',
    )
  })

  it('knows nothing that a program hung there', () => {
    inside('Math.own = () => 1; Array.prototype.own = { table: 1 }; globalThis.mine = () => 1')
    const { names } = realmNames(inside('globalThis'))
    for (const text of ['Math.own', 'Array.prototype.own', 'mine'])
      assert.equal(names.get(inside(text)), undefined)
  })
})

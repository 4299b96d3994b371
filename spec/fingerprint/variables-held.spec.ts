import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Inspector } from '../../lib/base/inspector.ts'
import { variablesHeld } from '../../lib/fingerprint/variables-held.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'
import { surveyed } from '../support/surveyed.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let rate = 1
let helper = (n: number) => n
const base = 2
let calls = 0
const priced = (n: number) => helper(n) * rate * base
const counted = () => {
  calls += 1
  return base
}

describe('The variables that functions use', () => {
  const look = (fn: AnyFunction) => surveyed(fn, variablesHeld)

  it('are seen to hold another value, of any kind', () => {
    const hasChanged = look(priced)
    assert.equal(hasChanged(), false)
    rate = 2
    assert.equal(hasChanged(), true)
    rate = 1
    assert.equal(hasChanged(), false)
    helper = n => n + 1
    assert.equal(hasChanged(), true)
  })

  it('are those of the functions behind it, too', () => {
    const around = () => priced(1)
    const hasChanged = look(around)
    rate = 3
    assert.equal(hasChanged(), true)
  })

  it('are those of a closure', () => {
    const make = () => {
      let factor = 1
      return { fn: () => factor, set: (n: number) => (factor = n) }
    }
    const { fn, set } = make()
    const hasChanged = look(fn)
    set(2)
    assert.equal(hasChanged(), true)
  })

  it('are those that only a text names which it evaluates', () => {
    const make = new Function('let hidden = 1; return [() => eval("hidden"), n => { hidden = n }]')
    const [fn, set] = make() as [AnyFunction, (n: number) => void]
    const hasChanged = look(fn)
    assert.equal(hasChanged(), false)
    set(2)
    assert.equal(hasChanged(), true)
  })

  it('keep nothing alive', async () => {
    const make = () => {
      let data = { n: 1 }
      return { fn: () => data, held: new WeakRef(data), drop: () => (data = { n: 1 }) }
    }
    const { fn, held, drop } = make()
    const hasChanged = look(fn)
    drop()
    await new Promise(resolve => setImmediate(resolve))
    collectGarbage()
    assert.equal(held.deref(), undefined)
    assert.equal(hasChanged(), true)
  })

  it('are not those that the function itself changes', () => {
    const hasChanged = look(counted)
    counted()
    assert.equal(hasChanged(), false)
    assert.ok(calls > 0)
  })

  it('are not asked for where nothing assigns to them', () => {
    const only = () => base
    const hasChanged = look(only)
    const { with: open } = Inspector
    try {
      Inspector.with = () => assert.fail('the inspector was asked')
      assert.equal(hasChanged(), false)
    } finally {
      Inspector.with = open
    }
  })
})

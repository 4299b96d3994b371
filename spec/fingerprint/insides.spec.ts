import assert from 'node:assert/strict'
import { Inspector } from '../../lib/base/inspector.ts'
import { Insides } from '../../lib/fingerprint/insides.ts'
import { runScript } from '../support/run-script.ts'

describe('Insides', () => {
  it('reads each function once', () => {
    const make = (n: number) => () => n
    const [first, second] = [make(1), make(2)]
    let asked = 0
    const found = Inspector.with(inspector => {
      const counting = {
        read: (functions: readonly object[]) => {
          asked += functions.length
          return inspector.read(functions)
        },
      }
      // Nothing else of it is used.
      const insides = new Insides(counting as Inspector)
      insides.read([first])
      insides.read([first, second])
      insides.read([second])
      return [first, second].map(fn => insides.of(fn).scopes[0]?.variables.n)
    })
    assert.deepEqual(found, [1, 2])
    assert.equal(asked, 2)
  })

  it('never asks again for a function whose variables do not count', () => {
    const make = (n: number) => () => n
    const fn = make(1)
    let asked = 0
    const read = () =>
      Inspector.with(inspector => {
        const counting = {
          read: (functions: readonly object[]) => {
            asked += functions.length
            return inspector.read(functions)
          },
        }
        const insides = new Insides(counting as Inspector)
        insides.read([fn])
        insides.fix(fn)
        return insides.of(fn)
      })
    const [first, second] = [read(), read()]
    assert.equal(asked, 1)
    assert.deepEqual(second, { ...first, scopes: [] })
    assert.equal(second?.location?.scriptId, first?.location?.scriptId)
  })

  it('asks only for one of many functions at the top of one module, and sees the values of now', () => {
    const lib = (path: string) => JSON.stringify(new URL(`../../lib/${path}`, import.meta.url).href)
    const said = runScript(
      `
      const { Inspector } = await import(${lib('base/inspector.ts')})
      const { Insides } = await import(${lib('fingerprint/insides.ts')})
      let value = 1
      const functions = [() => value, () => value + 1, () => value + 2]
      const round = () => Inspector.with(inspector => {
        let asked = 0
        const insides = new Insides({ read: all => { asked += all.length; return inspector.read(all) } })
        insides.read(functions)
        return [asked, ...functions.map(fn => insides.of(fn).scopes[0].variables.value), insides.of(functions[2]).location.line >= 0]
      })
      const first = round()
      value = 2
      console.log(JSON.stringify([first, round()]))
    `,
      {},
    )
    assert.deepEqual(said, [
      [3, 1, 1, 1, true],
      [1, 2, 2, 2, true],
    ])
  })
})

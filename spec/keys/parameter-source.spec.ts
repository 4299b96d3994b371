import assert from 'node:assert/strict'
import { parameterSource } from '../../lib/keys/parameter-source.ts'
import { parametersOf } from '../../lib/keys/parameters.ts'

const TABLE: readonly (readonly [source: string, list: string])[] = [
  ['(a, b) => 1', 'a, b'],
  ['(a, b = 2, ...c) => 1', 'a, b = 2, ...c'],
  ['(a, b = a + 1) => 1', 'a, b = a + 1'],
  ['(a = Math.max(1, 2)) => 1', 'a = Math.max(1, 2)'],
  ['(a = OURS) => 1', 'a = undefined'],
  ['({ a } = OURS, [b] = OURS) => 1', '{ a } = {}, [b] = []'],
  ['({ a = OURS, b: { c = 1, d = OURS } = {} }) => 1', '{ a = undefined, b: { c = 1, d = undefined } = {} }'],
  ['([a = OURS, , b = [1]]) => 1', '[a = undefined, , b = [1]]'],
  ['(a = URL, b = process.env) => 1', 'a = undefined, b = undefined'],
  ['(a = x => x, b = () => OURS) => 1', 'a = x => x, b = undefined'],
]

describe('parameterSource', () => {
  for (const [source, list] of TABLE) {
    it(`of ${source}`, () => {
      assert.equal(parameterSource(parametersOf(new Function(`return ${source}`)())), list)
    })
  }

  it('leaves out what is only allowed in a class', () => {
    const { m } = new Function('return { m(a = super.x, b = 1) {} }')()
    assert.equal(parameterSource(parametersOf(m)), 'a = undefined, b = 1')
  })
})

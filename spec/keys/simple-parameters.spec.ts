import assert from 'node:assert/strict'
import { parametersOf } from '../../lib/keys/parameters.ts'
import { simpleParameterCount } from '../../lib/keys/simple-parameters.ts'

describe('simpleParameterCount', () => {
  for (const [source, count] of [
    ['function f() {}', 0],
    ['function f(a, $b,\n  _c,) { return (a, 1) }', 3],
    ['async function* f(a) {}', 1],
    ['a => (a, 1)', 1],
    ['async a => a', 1],
    ['(a, b) => 1', 2],
    ['async (a) => 1', 1],
    ['async => async', 1],
  ] as const) {
    it(`counts those of ${source}`, () => {
      assert.equal(simpleParameterCount(source), count)
      assert.equal(parametersOf(new Function(`return ${source}`)()).count, count)
    })
  }

  it('counts those of methods', () => {
    for (const source of ['m(a) {}', 'static async *m(a) {}', '#m(a) {}', 'set a(a) {}'])
      assert.equal(simpleParameterCount(source), 1)
  })

  for (const source of [
    '(a = 1) => 1',
    '({ a }) => 1',
    '([a]) => 1',
    '(...a) => 1',
    '(a, b = f(1)) => 1',
    'function /* (a) */ f({ a }) {}',
    "['x(a)']({ b }) {}",
    '"x(a)"({ b }) {}',
    'class extends f(a) { constructor({ b }) {} }',
    'class A { constructor(a) {} }',
    'function (a) { return arguments }',
    'function (a) { return eval("a") }',
    'function (a) { return \\u0061rguments }',
    'function (é) {}',
    'function () { [native code] }'.replace('()', '(/**/)'),
  ]) {
    it(`leaves ${source} to the parser`, () => assert.equal(simpleParameterCount(source), undefined))
  }
})

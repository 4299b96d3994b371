import assert from 'node:assert/strict'
import { parseExpressionAt } from 'acorn'
import { freeNames } from '../../lib/keys/free-names.ts'

const TABLE: readonly (readonly [expression: string, ...names: string[]])[] = [
  ['a + b.c[d]', 'a', 'b', 'd'],
  ['{ a, b: c, [d]: 1, e() { return f } }', 'a', 'c', 'd', 'f'],
  ['(x, { y: [z = a] = b, ...w }, ...v) => x + y + z + w + v', 'a', 'b', 'y'],
  ['function g(x) { var y = 1; let { z } = y; return g(x, y, z, arguments, q) }', 'q'],
  ['() => arguments', 'arguments'],
  ['() => { for (const k of a) k; try { b } catch (e) { e } label: while (c) break label }', 'a', 'b', 'c'],
  ['class A extends B { x = A; [y] = 1; static m(z) { return z } }', 'B', 'y'],
  ['`\u0024{a}` + tag`b\u0024{c}`', 'a', 'tag', 'c'],
  ['a?.b?.[c]', 'a', 'c'],
  ['(x => y => x + y + z)(1)', 'z'],
  ['this.a + new Date(b)', 'Date', 'b'],
  ['(() => { function inner() {} class Inner {} return [inner, Inner] })()'],
]

describe('freeNames', () => {
  for (const [expression, ...names] of TABLE) {
    it(`of ${expression}`, () => {
      const node = parseExpressionAt(expression, 0, { ecmaVersion: 'latest' })
      assert.deepEqual([...freeNames(node)].sort(), [...names].sort())
    })
  }
})

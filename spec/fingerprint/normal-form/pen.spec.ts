import assert from 'node:assert/strict'
import { parseExpressionAt } from 'acorn'
import type { Hole } from '../../../lib/fingerprint/normal-form/form.ts'
import { Pen, UnknownSyntax } from '../../../lib/fingerprint/normal-form/pen.ts'
import { declare, innerScope, resolve, type Scope } from '../../../lib/fingerprint/normal-form/scope.ts'

describe('A pen', () => {
  const root = (): Scope => ({
    ...{ names: new Map(), hoisted: undefined, parent: undefined },
    ...{ thisOf: 'outside', isStrict: false },
  })
  const hole: Hole = {
    name: 'x',
    members: [],
    use: 'value',
    argumentCount: 0,
    literal: undefined,
    isDetached: false,
    isSelf: false,
  }
  const node = parseExpressionAt('1', 0, { ecmaVersion: 'latest' })
  const pen = (keepNames = false) =>
    new Pen({
      rules: { Literal: ({ raw }, pen) => pen.write(raw ?? '') },
      text: '',
      scope: root(),
      keepNames,
    })

  it('writes pieces with holes between them', () => {
    const writer = pen()
    writer.write('a')
    writer.hole(hole)
    writer.write('b')
    writer.write('c')
    assert.deepEqual(writer.pieces(), ['a', 'bc'])
    assert.deepEqual(writer.holes, [hole])
  })

  it('writes nodes by their rules, and groups of them', () => {
    const writer = pen()
    writer.group('head', [node, null, undefined, node])
    assert.deepEqual(writer.pieces(), ['(head 1 _ _ 1)'])
  })

  it('throws for a node without a rule', () => {
    assert.throws(() => pen().node(parseExpressionAt('a', 0, { ecmaVersion: 'latest' })), UnknownSyntax)
  })

  it('numbers locals in the order in which they are mentioned', () => {
    const writer = pen()
    for (const name of ['a', 'b']) declare(writer.scope, name)
    for (const name of ['b', 'a', 'b']) {
      const { binding } = resolve(writer.scope, name)
      assert.ok(binding !== undefined)
      writer.local(name, binding)
    }
    assert.deepEqual(writer.pieces(), ['L0L1L0'])
  })

  it('keeps names where they count, those of holes too', () => {
    const writer = pen(true)
    writer.local('a', { label: undefined, role: 'local' })
    writer.hole(hole)
    assert.deepEqual(writer.pieces(), ['=ax', ''])
  })

  it('goes back to the outer scope', () => {
    const writer = pen()
    const outer = writer.scope
    const inner = innerScope(outer, ['a'])
    writer.within(inner, () => assert.equal(writer.scope, inner))
    assert.equal(writer.scope, outer)
  })
})

import assert from 'node:assert/strict'
import { type Pattern, parse, type Statement, type VariableDeclaration } from 'acorn'
import {
  namesInPattern,
  namesOfBlock,
  namesOfDeclaration,
  namesOfFunction,
} from '../../../lib/fingerprint/normal-form/declared-names.ts'

const statements = (text: string): Statement[] =>
  parse(text, { ecmaVersion: 'latest' }).body.filter(
    (each): each is Statement => !/^(?:Im|Ex)port/.test(each.type),
  )
const declaration = (text: string): VariableDeclaration => {
  const [first] = statements(text)
  assert.equal(first?.type, 'VariableDeclaration')
  return first
}

describe('The names that are declared', () => {
  it('by a pattern are those that it binds', () => {
    const pattern: Pattern | undefined = declaration(
      'let [a, , { b, c: { d = x }, [y]: e, ...f }, ...[g]] = z',
    ).declarations[0]?.id
    assert.ok(pattern !== undefined)
    assert.deepEqual(namesInPattern(pattern), ['a', 'b', 'd', 'e', 'f', 'g'])
  })

  it('by a declaration are all of its names', () => {
    assert.deepEqual(namesOfDeclaration(declaration('var a = 1, [b] = x, { c } = y')), ['a', 'b', 'c'])
  })

  it('by a block do not include var, nor what is in blocks inside', () => {
    const text =
      'var a; let b; const c = 1; class d {} function e() {} f: function g() {} { let h } (function i() {})'
    assert.deepEqual(namesOfBlock(statements(text)), ['b', 'c', 'd', 'e', 'g'])
  })

  it('by a function are those of var at any depth, and those of functions in blocks', () => {
    const text = `var a; if (x) var b; else { var c } for (var d;;) var e; for (var f in x) {} for (var g of x) var h
      while (x) var i; do var j; while (x) k: var l; switch (x) { case 1: var m; function n() {} } try { var o } catch { var p } finally { var q }
      { function r() {} async function s() {} } if (x) function t() {} function u() { var no } (() => { var no }); class v { static { var no } } { let w }`
    const { variables, inBlocks } = namesOfFunction(statements(text))
    assert.deepEqual(variables, [...'abcdefghijlmopq'])
    assert.deepEqual(inBlocks, ['n', 'r', 't'])
  })
})

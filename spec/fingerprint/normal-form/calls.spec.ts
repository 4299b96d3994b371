import assert from 'node:assert/strict'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'
import { assertDifferent, assertSame } from '../../support/normal-text.ts'

describe('Calls', () => {
  const hole = (source: string) => normalFormOf(source).holes[0]

  it('say of their hole what is done, with how many arguments, and the first one if it is a string', () => {
    assert.deepEqual(hole('() => a.b("c", d)'), {
      ...{ name: 'a', members: ['b'], use: 'call', argumentCount: 2 },
      ...{ literal: 'c', isDetached: false, isSelf: false },
    })
    assert.equal(hole('() => new a.b(c)')?.use, 'new')
    assert.equal(hole('() => a?.(1)')?.use, 'call')
    assert.equal(hole('() => a`x\u0024{1}`')?.use, 'call')
    assert.equal(hole('() => a`x\u0024{1}`')?.argumentCount, 2)
    assert.equal(hole('() => a(`c`)')?.literal, 'c')
    assert.equal(hole('() => a.b')?.use, 'value')
    assert.equal(hole('() => a.b().c()')?.use, 'call')
  })

  it('are the same with (0, fn)(x), and lose their this with (0, a.fn)(x)', () => {
    assertSame('a => fn(a)', 'a => (0, fn)(a)')
    assertSame('a => a(1)', 'a => (0, a)(1)')
    assert.equal(hole('a => (0, ns.fn)(a)')?.isDetached, true)
    assert.equal(hole('a => (0, ns.fn)`x`')?.isDetached, true)
    assertDifferent('a => a.fn()', 'a => (0, a.fn)()', 'a => (1, a.fn)()', 'a => (0, a[0])()', 'a => a[0]()')
    assertDifferent('a => eval(a)', 'b => (0, eval)(b)')
  })

  it('tell a call from a new, and an optional one from one that is not', () => {
    assertDifferent('a => f(a)', 'a => new f(a)', 'a => f?.(a)', 'a => f`\u0024{a}`', 'a => f(...a)')
  })

  it('name what is required and imported', () => {
    const form = normalFormOf(
      'a => [require("x"), require(`y`), require(a), import("z"), import(a), require("x")]',
    )
    assert.deepEqual(form.requires, ['x', 'y', undefined])
    assert.deepEqual(form.imports, ['z', undefined])
    assert.deepEqual(normalFormOf('require => require("x")').requires, [])
    assert.deepEqual(normalFormOf('() => a.require("x")').requires, [])
  })
})

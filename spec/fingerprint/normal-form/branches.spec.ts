import assert from 'node:assert/strict'
import { assertDifferent, assertSame, normalText } from '../../support/normal-text.ts'

describe('Branches', () => {
  it('tell an if within an if from one after it', () => {
    assertDifferent(
      '(a, b) => { if (a) if (b) f(); else g() }',
      '(a, b) => { if (a) { if (b) f() } else g() }',
    )
  })

  it('share one scope among the cases of a switch', () => {
    assert.equal(
      normalText('a => { switch (a) { case 1: let b = 1; default: return b } }'),
      '(arrow [ L0] [(switch L0 (case 1 [(let L1 1)]) (case _ [(return L1)]))])',
    )
  })

  it('tell apart where a case falls through, and which is the default', () => {
    assertDifferent(
      'a => { switch (a) { case 1: f(); case 2: g() } }',
      'a => { switch (a) { case 1: case 2: f(); g() } }',
      'a => { switch (a) { case 1: f(); break; case 2: g() } }',
      'a => { switch (a) { case 1: f(); default: g() } }',
      'a => { switch (a) { default: f(); case 1: g() } }',
    )
  })

  it('hide an outer name behind that of a catch', () => {
    assertDifferent('a => { try { f() } catch (a) { g(a) } }', 'a => { try { f() } catch (b) { g(a) } }')
    assertSame(
      '() => { try { f() } catch ({ a }) { g(a) } }',
      '() => { try { f() } catch ({ a: b }) { g(b) } }',
    )
  })

  it('tell a catch from a finally', () => {
    assertDifferent(
      '() => { try { f() } catch { g() } }',
      '() => { try { f() } finally { g() } }',
      '() => { try { f() } catch {} finally { g() } }',
      '() => { try { f(); g() } catch {} }',
    )
  })

  it('tell which label they leave', () => {
    assertDifferent(
      '() => { a: for (;;) { b: for (;;) break a } }',
      '() => { a: for (;;) { b: for (;;) break b } }',
      '() => { a: for (;;) { b: for (;;) continue a } }',
      '() => { a: for (;;) { b: for (;;) break } }',
    )
  })
})

import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { renderCall, renderValue } from '../../lib/cache/render-call.ts'

describe('renderCall', () => {
  it('writes a call as a person would', () => {
    assert.equal(renderCall('area', [3, 'x', { a: 1 }]), "area(3, 'x', { a: 1 })")
    assert.equal(renderCall('', []), 'a nameless function()')
  })

  it('cuts long arguments', () => {
    assert.ok(renderCall('f', ['x'.repeat(1_000), Array.from({ length: 99 })]).length < 100)
  })

  it('masks credentials in URLs, as text and as objects', () => {
    const text = 'redis://user:secret@host/0'
    for (const value of [text, new URL(text), { at: text }, { at: new URL(text) }, [[new URL(text)]]]) {
      assert.doesNotMatch(renderValue(value), /secret/)
    }
    assert.match(renderValue(text), /host/)
  })

  it("runs no code of the value's own", () => {
    const value = {
      [inspect.custom]: () => assert.fail('it ran'),
      get a() {
        return assert.fail('it ran')
      },
      toString: () => assert.fail('it ran'),
    }
    assert.match(renderValue(value), /Getter/)
  })
})

import assert from 'node:assert/strict'
import type { Scope } from '../../lib/base/inspector.ts'
import { LeftOut } from '../../lib/fingerprint/left-out.ts'

const scope = (variables: Record<string, unknown>, kind: Scope['kind'] = 'closure'): Scope => ({
  kind,
  variables,
})

describe('LeftOut', () => {
  it('knows a variable by its name, script, scope and value', () => {
    const left = new LeftOut()
    const written = { name: 'n', scriptId: '7', scope: scope({ n: 1, m: 2 }), value: 1 }
    left.addVariable(written)
    assert.equal(left.hasVariable({ ...written, scope: scope({ n: 1, m: 2 }) }), true)
    assert.equal(left.hasVariable({ ...written, name: 'm' }), false)
    assert.equal(left.hasVariable({ ...written, scriptId: '8' }), false)
    assert.equal(left.hasVariable({ ...written, value: 2 }), false)
    assert.equal(left.hasVariable({ ...written, scope: scope({ n: 1 }) }), false)
    assert.equal(left.hasVariable({ ...written, scope: scope({ n: 1, m: 2 }, 'module') }), false)
  })

  it('knows objects by identity, whole or by property', () => {
    const left = new LeftOut()
    const [whole, part] = [{ a: 1 }, { a: 1, b: 2 }]
    left.addObject(whole)
    left.addObject(part, 'a')
    assert.equal(left.of(whole), 'all')
    assert.deepEqual(left.of(part), new Set(['a']))
    assert.equal(left.of({ a: 1 }), undefined)
    assert.equal(left.hasObject(whole, 'anything'), true)
    assert.equal(left.hasObject(part), false)
    assert.equal(left.hasObject(part, 'a'), true)
    assert.equal(left.hasObject(part, 'b'), false)
  })

  it('keeps what it has where more is left out besides, and does not grow by that', () => {
    const left = new LeftOut()
    const [whole, part, other] = [{}, {}, {}]
    left.addObject(whole)
    left.addObject(part, 'a')
    const more = left.and(new Map([[other, new Set(['b'])]]))
    assert.equal(more.of(whole), 'all')
    assert.deepEqual(more.of(part), new Set(['a']))
    assert.deepEqual(more.of(other), new Set(['b']))
    assert.equal(left.of(other), undefined)
  })

  it('grows only by what is new', () => {
    const left = new LeftOut()
    const object = {}
    const variable = { name: 'n', scriptId: '1', scope: scope({ n: 1 }), value: 1 }
    for (let round = 0; round < 2; round += 1) {
      left.addObject(object, 'a')
      left.addVariable(variable)
      assert.equal(left.size, 2)
    }
    left.addObject(object)
    left.addObject(object, 'b')
    assert.equal(left.size, 3)
  })
})

import assert from 'node:assert/strict'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'

describe('Calls that change something', () => {
  const changed = (source: string) =>
    normalFormOf(source).mutations.map(({ name, members, property }) =>
      [name, ...members, property ?? '*'].join('.'),
    )

  it('are known by the names of the methods', () => {
    for (const call of [
      'push(1)',
      'sort()',
      'set(1, 2)',
      'add(1)',
      'delete(1)',
      'clear()',
      'fill(0)',
      'setTime(0)',
    ])
      assert.deepEqual(changed(`() => a.${call}`), ['a.*'], call)
    for (const call of ['slice()', 'map(f)', 'get(1)', 'has(1)', 'toSorted()', 'getTime()'])
      assert.deepEqual(changed(`() => a.${call}`), [], call)
  })

  it('change what stands before the method', () => {
    assert.deepEqual(changed('() => a.b.c.push(1)'), ['a.b.c.*'])
    assert.deepEqual(changed('() => a[b].c.push(1)'), ['a.*'])
    assert.deepEqual(changed('() => a?.b?.push(1)'), ['a.b.*'])
    assert.deepEqual(changed('() => a["push"](1)'), ['a.*'])
    assert.deepEqual(changed('() => [...a].sort()'), [])
    assert.deepEqual(changed('() => a.slice().sort()'), [])
  })

  it('may change their first argument', () => {
    assert.deepEqual(changed('() => Object.assign(a, b)'), ['a.*'])
    assert.deepEqual(changed('() => Object.assign({}, a)'), [])
    assert.deepEqual(changed('() => Object.defineProperty(a.b, "c", {})'), ['a.b.*'])
    assert.deepEqual(changed('() => Reflect.set(a, "b", 1)'), ['a.*'])
    assert.deepEqual(changed('() => Reflect.deleteProperty(a, "b")'), ['a.*'])
    assert.deepEqual(changed('() => Atomics.add(a, 0, 1)'), ['a.*'])
    assert.deepEqual(changed('() => Object.keys(a)'), [])
    assert.deepEqual(changed('Object => Object.assign(a, b)'), [])
  })

  it('are noticed in nested functions too', () => {
    assert.deepEqual(changed('() => [1].forEach(x => { a.push(x) })'), ['a.*'])
  })
})

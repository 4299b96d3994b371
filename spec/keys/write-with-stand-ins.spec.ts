import assert from 'node:assert/strict'
import { digest } from '../../lib/keys/canonical.ts'
import { lenient } from './policies.ts'

describe('writeWithStandIns', () => {
  it('gives plain data the bytes that it has without a policy', () => {
    for (const value of [1, 'a', null, [{ a: 1 }], new Map([[{}, new Set([1])]])])
      assert.equal(digest(value, { policy: lenient() }), digest(value))
  })

  it('asks for no atom before it knows what counts', () => {
    const asked: string[] = []
    const policy = lenient({ functionAtom: fn => asked.push(fn.name) })
    class Tool {
      first = function inside() {}
      promise = Promise.resolve()
    }
    digest([function outside() {}, new Tool()], { policy })
    assert.deepEqual(asked.slice(0, 2), ['outside', 'Tool'])
    assert.ok(!asked.includes('inside') && !asked.includes('first'))
  })

  it('passes on what a policy throws that is no refusal', () => {
    const functionAtom = () => {
      throw new RangeError('too many')
    }
    assert.throws(() => digest([() => 1], { policy: lenient({ functionAtom }) }), RangeError)
  })

  it('tells the policy of all functions that count before it asks for the first', () => {
    const [a, b, c] = [() => 1, () => 2, () => 3]
    const met: unknown[] = []
    const policy = lenient({
      meet: functions => void met.push(...functions),
      functionAtom: fn => (met.includes(fn) ? 1 : assert.fail('not told')),
    })
    class Tool {
      inside = c
      promise = Promise.resolve()
    }
    digest([a, { b, again: a }, new Tool()], { policy })
    assert.deepEqual(met, [a, b, Tool])
  })

  it('tells it nothing where there is only one', () => {
    digest([() => 1], { policy: lenient({ meet: () => assert.fail('told') }) })
  })
})

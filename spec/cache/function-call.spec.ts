import assert from 'node:assert/strict'
import { type CallDetails, FunctionCall } from '../../lib/cache/function-call.ts'
import { keyMakerOf } from '../../lib/cache/function-key.ts'
import { programOf } from '../../lib/cache/program.ts'
import { callOf } from '../support/calls.ts'

describe('FunctionCall', () => {
  const { settings } = callOf()
  const access = settings.access
  const callTo = (fn: (...args: never[]) => unknown, args: readonly unknown[], receiver?: unknown) => {
    const keyOf = keyMakerOf(fn, {}, 'area')
    const details: CallDetails = { access, receiver, args, refresh: false }
    return new FunctionCall(
      { fn, settings, program: programOf(fn, {}), keyOf },
      keyOf(receiver, args),
      details,
    )
  }

  it('runs the function as it was called', () => {
    const call = callTo(
      function area(this: { base: number }, n: number) {
        return this.base + n
      },
      [2],
      { base: 1 },
    )
    const { evaluate } = call
    assert.deepEqual([evaluate(), call.title()], [3, 'area(2)'])
  })

  it('makes its store key when it is asked for, unless it was told', () => {
    const call = callTo((n: number) => n, [2])
    assert.match(call.storeKey, /^c:area:[0-9a-f]{64}$/)
    const told = callTo((n: number) => n, [2])
    told.storeKey = 'c:area:known'
    assert.equal(told.storeKey, 'c:area:known')
    assert.equal(told.memoryKey, call.memoryKey)
  })

  it('notices that what it was called with has changed', () => {
    const list = [1]
    const call = callTo((items: number[]) => items, [list])
    assert.equal(call.isSame(), true)
    list.push(2)
    assert.equal(call.isSame(), false)
  })
})

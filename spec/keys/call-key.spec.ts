import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { isCacheError } from '../../lib/base/errors.ts'
import { callKey, callText } from '../../lib/keys/call-key.ts'
import { canonicalBytes } from '../../lib/keys/canonical.ts'
import * as tags from '../../lib/keys/tags.ts'

class Sum {
  y: number
  log: unknown[] = []
  constructor(y: number) {
    this.y = y
  }
  get twice(): number {
    return this.y * 2
  }
}
class OtherSum extends Sum {}
class Tree {
  static kinds: string[] = ['oak']
  height = 1
  static add(kind: string): void {
    Tree.kinds.push(kind)
  }
}

const ofMethod = (value: unknown, fields?: readonly string[]): string =>
  callKey({ name: 'm', receiver: fields === undefined ? { value } : { value, fields }, args: [1] })

describe('callKey', () => {
  it('tells name, arguments and receiver apart', () => {
    const keys = [
      callKey({ name: 'f', args: [] }),
      callKey({ name: 'g', args: [] }),
      callKey({ name: 'f', args: [1] }),
      callKey({ name: 'f', args: [1, 2] }),
      callKey({ name: 'f', args: [[1, 2]] }),
      callKey({ name: 'f', args: [undefined] }),
      callKey({ name: 'f', receiver: { value: {} }, args: [] }),
      callKey({ name: 'f', receiver: { value: {}, fields: [] }, args: [] }),
      callKey({ name: 'f', receiver: { value: 1 }, args: [] }),
    ]
    assert.equal(new Set(keys).size, keys.length)
    assert.match(keys[0] as string, /^[0-9a-f]{64}$/)
  })

  it('does not depend on the order of properties of an argument (D9)', () => {
    assert.equal(
      callKey({ name: 'f', args: [{ a: 1, b: 2 }] }),
      callKey({ name: 'f', args: [{ b: 2, a: 1 }] }),
    )
  })

  it('takes a call without a receiver, on the global object or on a module for the same', () => {
    const plain = callKey({ name: 'm', args: [1] })
    for (const value of [undefined, null, globalThis]) assert.equal(ofMethod(value), plain)
  })

  it('takes a call on a module namespace for a plain one', async () => {
    assert.equal(ofMethod(await import('../../lib/keys/tags.ts')), callKey({ name: 'm', args: [1] }))
    assert.ok(tags.FORMAT > 0)
  })

  it('counts all own fields of the receiver and its class (P3, P5, Q7)', () => {
    assert.equal(ofMethod(new Sum(3)), ofMethod(new Sum(3)))
    assert.notEqual(ofMethod(new Sum(3)), ofMethod(new Sum(4)))
    assert.notEqual(ofMethod(new Sum(3)), ofMethod(new OtherSum(3)))
  })

  it('counts only the chosen fields, and the class (D27, D28, D32)', () => {
    const logged = new Sum(3)
    logged.log.push('called')
    assert.equal(ofMethod(new Sum(3), ['y']), ofMethod(logged, ['y']))
    assert.notEqual(ofMethod(new Sum(3), ['y']), ofMethod(new Sum(4), ['y']))
    assert.notEqual(ofMethod(new Sum(3), ['y']), ofMethod(new OtherSum(3), ['y']))
    assert.notEqual(ofMethod(new Sum(3), []), ofMethod(new OtherSum(3), []))
    assert.equal(ofMethod(new Sum(3), ['y', 'log']), ofMethod(new Sum(3), ['log', 'y', 'y']))
  })

  it('tells a missing field from an undefined one', () => {
    assert.notEqual(ofMethod({ a: 1 }, ['b']), ofMethod({ a: 1, b: undefined }, ['b']))
    assert.equal(ofMethod({ a: 1 }, ['b']), ofMethod({ a: 2 }, ['b']))
  })

  it('reads an accessor and a private field that are named', () => {
    class Private {
      #x: number
      noise = Math.random()
      constructor(x: number) {
        this.#x = x
      }
      get(): number {
        return this.#x
      }
    }
    assert.notEqual(ofMethod(new Sum(3), ['twice']), ofMethod(new Sum(4), ['twice']))
    assert.equal(ofMethod(new Private(1), ['#x']), ofMethod(new Private(1), ['#x']))
    assert.notEqual(ofMethod(new Private(1), ['#x']), ofMethod(new Private(2), ['#x']))
  })

  it('takes a receiver whose state cannot be seen, if its fields are chosen', () => {
    class Bus extends EventEmitter {
      line = 1
    }
    class Tram extends EventEmitter {
      line = 1
    }
    const on = (emitter: EventEmitter): EventEmitter => emitter.on('stop', () => {})
    assert.equal(ofMethod(new Bus(), ['line']), ofMethod(on(new Bus()), ['line']))
    assert.notEqual(ofMethod(new Bus(), ['line']), ofMethod(Object.assign(new Bus(), { line: 2 }), ['line']))
    assert.notEqual(ofMethod(new Bus(), ['line']), ofMethod(new Tram(), ['line']))
    assert.throws(() => ofMethod(new Bus()), /this: a Bus has no stable identity/)
  })

  it('survives an accessor that makes a key itself', () => {
    const nosy = {
      get key(): string {
        return callKey({ name: 'inner', args: [1] })
      },
    }
    assert.equal(ofMethod(nosy, ['key']), ofMethod({ key: callKey({ name: 'inner', args: [1] }) }, ['key']))
  })

  it('counts the static fields of a class that is the receiver (Q8)', () => {
    const before = ofMethod(Tree)
    assert.equal(ofMethod(Tree), before)
    const chosen = ofMethod(Tree, ['kinds'])
    const none = ofMethod(Tree, [])
    Tree.add('elm')
    assert.notEqual(ofMethod(Tree), before)
    assert.notEqual(ofMethod(Tree, ['kinds']), chosen)
    assert.equal(ofMethod(Tree, []), none)
  })

  it('names what cannot be part of a key by its way from args or this', () => {
    const socket = new WeakMap()
    const path = (error: unknown): unknown => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && error.details.path
    const cases: [() => string, string][] = [
      [() => callKey({ name: 'f', args: [1, { socket }] }), 'args[1].socket'],
      [() => ofMethod({ socket }), 'this.socket'],
      [() => ofMethod({ socket }, ['socket']), 'this.socket'],
      [() => ofMethod(socket), 'this'],
    ]
    for (const [make, expected] of cases) assert.throws(make, error => path(error) === expected, expected)
  })

  it('writes plain arguments the quick way as it writes all others', () => {
    const listOf = (length: number) => Array.from({ length }, (_, n) => n)
    for (const length of [0, 1, 2, 300, 460, 600]) {
      // Written the long way: within a list.
      const long = canonicalBytes(listOf(length))
      const text = callText({ name: 'f', args: listOf(length) })
      assert.ok(text.endsWith(Buffer.from(long.subarray(1)).toString('latin1')), `${length}`)
      assert.ok(text.length < 4_200)
    }
    const unique = () => callKey({ name: 'f', args: [1, Symbol('own')] })
    assert.throws(unique, { details: { path: 'args[1]', type: 'unique symbol' } })
  })
})

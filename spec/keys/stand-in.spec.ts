import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import { ABSENT } from '../../lib/keys/atoms.ts'
import { Refusal } from '../../lib/keys/refusal.ts'
import { hasOwnClass, isInstance, kindOfHandle, standInHead } from '../../lib/keys/stand-in.ts'
import { lenient } from './policies.ts'

class Bus extends EventEmitter {}
class Local extends Bus {}
const proxy = new Proxy({}, { getPrototypeOf: () => assert.fail('was run') })

describe('standInHead', () => {
  it('names the class, and gives the atoms of the classes that are not of Node', () => {
    assert.deepEqual(standInHead(new Local(), lenient()), ['Local', 'Local', 'Bus'])
    assert.deepEqual(standInHead(new Socket(), lenient()), ['Socket'])
    assert.deepEqual(standInHead(Object.create({ b() {}, get a() { return 1 } }), lenient()), ['Object', 'a', 'b'].map((name, i) => (i === 1 ? 'get a' : name))) // biome-ignore format: one line
    assert.deepEqual(standInHead(proxy, lenient()), ['Proxy'])
    assert.deepEqual(standInHead(Math.max, lenient()), ['Function', 'max'])
  })

  it('does without what has no atom', () => {
    const functionAtom = () => {
      throw new Refusal('function')
    }
    assert.deepEqual(standInHead(new Bus(), lenient({ functionAtom })), ['Bus', ABSENT])
  })
})

describe('isInstance', () => {
  it('holds for what has a class, or any other prototype of its own', () => {
    for (const value of [
      new Bus(),
      new Socket(),
      Object.create({}),
      new Error(),
      new Date(),
      new (class extends Map {})(),
    ])
      assert.equal(isInstance(value), true)
    for (const value of [{}, [], new Map(), new Set(), Object.create(null), () => 1, proxy])
      assert.equal(isInstance(value), false)
  })
})

describe('hasOwnClass', () => {
  it('tells classes of programs from those of Node', () => {
    assert.ok(hasOwnClass(new Local()) && hasOwnClass(new (class A {})()))
    for (const value of [new Socket(), {}, Promise.resolve(), proxy, () => 1])
      assert.equal(hasOwnClass(value), false)
  })
})

describe('kindOfHandle', () => {
  it('tells what lives from what cannot be seen', () => {
    for (const value of [new Local(), Promise.resolve(), process, globalThis, new AbortController()])
      assert.equal(kindOfHandle(value), 'handle')
    for (const value of [new WeakMap(), new Blob([]), proxy, () => 1, {}])
      assert.equal(kindOfHandle(value), 'opaque')
  })
})

import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { CacheError } from '../../lib/base/errors.ts'
import { registerClass } from '../../lib/codec/class-registry.ts'
import { decode, encode } from '../../lib/codec/codec.ts'
import { nested } from '../support/codec-values.ts'
import { assertSame } from '../support/same.ts'

class Socket {
  readonly port = 1
}
class Unregistered extends Map {}
class Detailed extends Error {}
class Accessors {
  get computed(): number {
    return 1
  }
}

function refused(value: unknown): CacheError {
  try {
    encode(value)
  } catch (error) {
    assert.ok(error instanceof CacheError)
    assert.equal(error.code, 'ERR_CACHE_UNENCODABLE')
    return error
  }
  throw new assert.AssertionError({ message: 'was encoded' })
}

const hidden = (key: string) => Object.defineProperty({}, key, { value: 1, enumerable: false })
const accessor = (key: string) =>
  Object.defineProperty({}, key, { get: () => assert.fail('ran a getter'), enumerable: true })
const args = (function (..._: number[]) {
  // biome-ignore lint/complexity/noArguments: it is what is to be refused
  return arguments
})(1, 2)

describe('what cannot be kept', () => {
  /** By the path that the message must name: the value and what it is called. */
  const table: [path: string, type: string, value: unknown][] = [
    ['result.items[3].socket', 'Socket', { items: [0, 1, 2, { socket: new Socket() }] }],
    ['result', 'function', () => 1],
    ['result[0]', 'function', [class {}]],
    ['result.a', 'symbol', { a: Symbol('s') }],
    ['result[Symbol(key)]', 'symbol', { [Symbol('key')]: 1 }],
    ['result["a b"]["1x"].ünï', 'symbol', { 'a b': { '1x': { ünï: Symbol() } } }],
    ['result.p', 'Promise', { p: Promise.resolve() }],
    ['result[1]', 'WeakMap', [1, new WeakMap()]],
    ['result', 'WeakSet', new WeakSet()],
    ['result', 'WeakRef', new WeakRef({})],
    ['result', 'Proxy', new Proxy({}, { getPrototypeOf: () => assert.fail('ran a trap') })],
    ['result[0]', 'Proxy', [new Proxy([], {})]],
    ['result.x', 'accessor', accessor('x')],
    ['result.x', 'accessor', Object.defineProperty({}, 'x', { set: () => undefined, enumerable: true })],
    ['result[1]', 'accessor', Object.defineProperty([1, 2], 1, { get: () => 1, enumerable: true })],
    [
      'result[100]',
      'accessor',
      Object.defineProperty(new Array(200).fill(1), 100, { get: () => 1, enumerable: true }),
    ],
    ['result[1]', 'accessor', Object.defineProperty([1, 2], 1, { set: () => 1, enumerable: true })],
    ['result.x', 'hidden property', hidden('x')],
    ['result.x', 'hidden property', Object.defineProperty([1], 'x', { value: 1 })],
    ['result.x', 'hidden property', Object.defineProperty(new Array(99).fill(0), 'x', { value: 1 })],
    ['result[Symbol(s)]', 'symbol', Object.assign(new Array(99).fill(0), { [Symbol('s')]: 1 })],
    ['result', 'arguments object', args],
    ['result', 'Generator', (function* () {})()],
    ['result', 'Array Iterator', [][Symbol.iterator]()],
    ['result.emitter', 'EventEmitter', { emitter: new EventEmitter() }],
    ['result', 'Symbol', Object(Symbol('boxed'))],
    ['result', 'Unregistered', new Unregistered()],
    ['result[0]', 'Detailed', [new Detailed('m')]],
    ['result', 'NumberFormat', new Intl.NumberFormat()],
    ['result', 'Headers', new Headers()],
    ['result', 'Blob', new Blob([])],
    ['result', 'TextDecoder', new TextDecoder()],
    ['result', 'AsyncLocalStorage', new AsyncLocalStorage()],
    ['result', 'SharedArrayBuffer', new SharedArrayBuffer(8)],
    ['result[0]', 'SharedArrayBuffer', [new Uint8Array(new SharedArrayBuffer(8))]],
    ['result.note', 'own property', Object.assign(new Date(0), { note: 1 })],
    ['result.note', 'own property', Object.assign(/a/, { note: 1 })],
    ['result.note', 'own property', Object.assign(new Map(), { note: 1 })],
    ['result.note', 'own property', Object.assign(new URL('a:b'), { note: 1 })],
    ['result.note', 'own property', Object.assign(Object('text'), { note: 1 })],
    ['result.note', 'own property', Object.assign(new Uint8Array(3), { note: 1 })],
    ['result.note', 'own property', Object.assign(new Uint8Array(3000), { note: 1 })],
    ['result.note', 'own property', Object.assign(Buffer.alloc(3000), { note: 1 })],
    ['result.note', 'own property', Object.assign(new ArrayBuffer(3), { note: 1 })],
    ['result[Symbol(s)]', 'own property', Object.assign(new Float64Array(999), { [Symbol('s')]: 1 })],
    ['result.lastIndex', 'object', Object.assign(/a/, { lastIndex: {} })],
    [
      '[...result.keys()][1]',
      'Socket',
      new Map<unknown, unknown>([
        ['a', 1],
        [new Socket(), 2],
      ]),
    ],
    ['[...result.a.values()][0].s', 'Socket', { a: new Map([['k', { s: new Socket() }]]) }],
    ['[...result][2]', 'function', new Set([1, 2, () => 3])],
    ['result.cause.cause', 'Socket', new Error('a', { cause: new Error('b', { cause: new Socket() }) })],
    ['result.toString', 'function', Object.assign(new Error('a'), { toString: () => 'b' })],
    ['result.code', 'accessor', Object.defineProperty(new Error('a'), 'code', { get: () => 1 })],
    ['result[0]', 'Map', [Object.create(Map.prototype)]],
    ['result', 'Date', Object.create(Date.prototype)],
    ['result', 'Uint8Array', Object.create(Uint8Array.prototype)],
    ['result', 'Error', Object.create(Error.prototype)],
    ['result', 'Int8Array', Object.setPrototypeOf(new Uint8Array(1), Int8Array.prototype)],
    ['result', 'Accessors', new Accessors()],
    ['result.a', 'object', { a: Object.create(Object.create(null)) }],
  ]
  for (const [path, type, value] of table) {
    it(`names ${path}, a ${type}`, () => {
      const { message, details } = refused(value)
      assert.deepEqual({ ...details }, { path, type })
      assert.ok(message.startsWith(`Cannot keep ${path}: it`), message)
    })
  }

  it('is told with what to do', () => {
    assert.equal(
      refused({ items: [0, 1, 2, { socket: new Socket() }] }).message,
      'Cannot keep result.items[3].socket: it is a Socket, and instances of it cannot be restored. ' +
        'Give its class to registerClass(), or leave it out of the value.',
    )
    assert.match(refused([Promise.resolve()]).message, /Await it first\.$/)
  })

  it('is found 10,000 deep, and the path is shortened', () => {
    const { message } = refused(nested(10_000, inner => (inner === 'innermost' ? Symbol('x') : { a: inner })))
    assert.match(message, /^Cannot keep result\.a(\.a)+<9976 more>(\.a)+: /)
  })

  it('includes the namespace of a module', async () => {
    const ns: unknown = await import(String('data:text/javascript,export const a = 1'))
    assert.deepEqual({ ...refused({ ns }).details }, { path: 'result.ns', type: 'module namespace' })
  })

  it('includes detached and resizable memory', () => {
    const buffer = new ArrayBuffer(8)
    const view = new Uint8Array(buffer)
    structuredClone(buffer, { transfer: [buffer] })
    assert.equal(refused(buffer).details.type, 'detached ArrayBuffer')
    assert.equal(refused([view]).details.path, 'result[0]')
    const resizable = new ArrayBuffer(8, { maxByteLength: 16 })
    assert.equal(refused(resizable).details.type, 'resizable ArrayBuffer')
    assert.equal(refused({ a: new Uint8Array(resizable) }).details.path, 'result.a')
  })

  it('includes the searchParams of a URL beside the URL, which write through to it', () => {
    const url = new URL('http://example.org/?a=1')
    assert.equal(refused({ url, params: url.searchParams }).details.path, 'result.params')
    const apart = { url, params: new URLSearchParams(url.searchParams) }
    assertSame(decode(encode(apart)), apart)
  })

  it('includes an instance whose own encode() leads back to it', () => {
    class Node {
      parent: unknown
    }
    registerClass(Node, { name: 'lower.spec Node', encode: node => node.parent, decode: () => new Node() })
    const node = new Node()
    node.parent = { children: [node] }
    assert.equal(refused({ node }).details.path, 'result.node')
    const one = new Node()
    const two = new Node()
    one.parent = new Map([[1, two]])
    two.parent = [nested(200, inner => ({ inner, one }))]
    assert.equal(refused([one]).details.type, 'cycle')
  })

  it('carries what a class’s own encode() threw as its cause', () => {
    class Fussy {
      readonly a = 1
    }
    const cause = new Error('no')
    registerClass(Fussy, {
      name: 'lower.spec Fussy',
      encode: () => {
        throw cause
      },
      decode: () => new Fussy(),
    })
    const error = refused([new Fussy()])
    assert.equal(error.cause, cause)
    assert.equal(error.details.path, 'result[0]')
  })

  it('is named within the state that a class’s own encode() gave', () => {
    class Holder {
      readonly inner = new Socket()
    }
    registerClass(Holder, { name: 'Holder', encode: ({ inner }) => ({ inner }), decode: () => new Holder() })
    assert.equal(refused({ h: new Holder() }).details.path, 'Holder.encode(result.h).inner')
  })
})

import assert from 'node:assert/strict'
import { createHash, createSecretKey, generateKeyPairSync } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { Agent } from 'node:http'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { types } from 'node:util'
import { Script } from 'node:vm'
import { isCacheError } from '../../lib/base/errors.ts'
import { canonicalBytes, digest } from '../../lib/keys/canonical.ts'

function* generator(): Generator<number> {
  yield 1
}
function argumentsOf(..._: unknown[]): unknown {
  // biome-ignore lint/complexity/noArguments: it is what is tried
  return arguments
}
class MyPromise extends Promise<unknown> {}
class MyHeaders extends Headers {}

/** What cannot be part of a key; its type as the message names it; where below the value the fault lies. */
const UNKEYABLE: readonly (readonly [name: string, value: unknown, type: string, step?: string])[] = [
  ['a promise', Promise.resolve(), 'Promise'],
  ['a promise of a class', new MyPromise(() => {}), 'MyPromise'],
  ['a WeakMap', new WeakMap(), 'WeakMap'],
  ['a WeakSet', new WeakSet(), 'WeakSet'],
  ['a WeakRef', new WeakRef({}), 'WeakRef'],
  ['a FinalizationRegistry', new FinalizationRegistry(() => {}), 'FinalizationRegistry'],
  ['a generator', generator(), 'Generator'],
  ['an iterator of an array', [].values(), 'Array Iterator'],
  ['an iterator of a Map', new Map().entries(), 'Map Iterator'],
  ['an iterator of a Set', new Set().values(), 'Set Iterator'],
  ['an iterator of a string', ''[Symbol.iterator](), 'String Iterator'],
  ['arguments', argumentsOf(1, 2), 'arguments object'],
  ['a Proxy', new Proxy({}, {}), 'Proxy'],
  ['a Proxy of a function', new Proxy(() => 1, {}), 'Proxy'],
  ['the global object', globalThis, 'global object'],
  ['process', process, 'process'],
  ['a unique symbol', Symbol('u'), 'unique symbol'],
  ['a boxed unique symbol', Object(Symbol('u')), 'unique symbol', '.valueOf()'],
  ['a property under a unique symbol', { [Symbol('u')]: 1 }, 'Object'],
  ['a bound function', argumentsOf.bind(null), 'bound function'],
  ['a native function that has no name of its own', Proxy.revocable({}, {}).revoke, 'native function'],
  ['a getter', { get a(): number { return assert.fail('was run') } }, 'accessor', '.a'], // biome-ignore format: one line each
  ['a setter', { set a(_: number) {} }, 'accessor', '.a'], // biome-ignore format: one line each
  [
    'a getter in an array',
    Object.defineProperty([1, 2], 1, { get: () => assert.fail('was run') }),
    'accessor',
    '[1]',
  ],
  ['a setter in an array', Object.defineProperty([1, 2], 1, { set: () => {} }), 'accessor', '[1]'],
  [
    'a getter as message',
    Object.defineProperty(new Error(), 'message', { get: () => '' }),
    'accessor',
    '.message',
  ],
  ['Headers', new Headers(), 'Headers'],
  ['an instance of a class of Headers', new MyHeaders(), 'MyHeaders'],
  ['a Response', new Response('x'), 'Response'],
  ['a Blob', new Blob(['x']), 'Blob'],
  ['a TextDecoder', new TextDecoder(), 'TextDecoder'],
  ['a DOMException', new DOMException('x'), 'DOMException'],
  ['an AbortSignal', new AbortController().signal, 'AbortSignal'],
  ['an EventEmitter', new EventEmitter(), 'EventEmitter'],
  ['an instance of a class of EventEmitter', new (class Bus extends EventEmitter {})(), 'Bus'],
  ['a NumberFormat', new Intl.NumberFormat(), 'NumberFormat'],
  ['a stream', Readable.from([]), 'Readable'],
  ['a socket', new Socket(), 'Socket'],
  ['an http agent', new Agent(), 'Agent'],
  ['a hash', createHash('sha256'), 'Hash'],
  ['a secret key', createSecretKey(Buffer.from('a')), 'SecretKeyObject'],
  ['a private key', generateKeyPairSync('ed25519').privateKey, 'PrivateKeyObject'],
  ['a script', new Script('1'), 'Script'],
  ['a WebAssembly memory', new Function('return new WebAssembly.Memory({ initial: 1 })')(), 'Memory'],
]

describe('shapeOf', () => {
  for (const [name, value, type, step = ''] of UNKEYABLE) {
    it(`refuses ${name}, and says where it is`, () => {
      assert.throws(
        () => canonicalBytes([0, { part: value }], { root: 'args' }),
        error => {
          assert.ok(isCacheError(error, 'ERR_CACHE_UNKEYABLE'), String(error))
          assert.deepEqual({ ...error.details }, { path: `args[1].part${step}`, type })
          return true
        },
      )
    })
  }

  it('refuses a module namespace', async () => {
    const namespace: unknown = await import('../../lib/keys/tags.ts')
    assert.ok(types.isModuleNamespaceObject(namespace))
    assert.throws(() => canonicalBytes(namespace), /key: a module namespace has no stable identity/)
  })

  it('takes what only looks like an object of the language by its fields', () => {
    const pretender = (prototype: object): unknown => Object.assign(Object.create(prototype), { a: 1 })
    const prototypes = [
      Map.prototype,
      Set.prototype,
      Date.prototype,
      Array.prototype,
      URL.prototype,
      URLSearchParams.prototype,
    ]
    const digests = prototypes.map(prototype => digest(pretender(prototype)))
    assert.equal(new Set(digests).size, prototypes.length)
  })

  it('sees the content of a Map whatever its prototype', () => {
    const disguised = (entries: [number, number][]): unknown =>
      Object.setPrototypeOf(new Map(entries), Object.prototype)
    assert.notEqual(digest(disguised([[1, 2]])), digest(disguised([[1, 3]])))
    assert.notEqual(digest(disguised([])), digest({}))
  })

  it('leaves properties out that are not enumerable', () => {
    assert.equal(digest(Object.defineProperty({ a: 1 }, 'hidden', { value: 1 })), digest({ a: 1 }))
  })

  it('keys plain data that Node makes', () => {
    digest([
      new Error('x'),
      Buffer.from('x'),
      new URL('http://a'),
      process.versions,
      structuredClone({ a: 1 }),
    ])
  })
})

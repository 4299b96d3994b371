import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, createSecretKey, generateKeyPairSync } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { Agent } from 'node:http'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
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
class Account {
  static #count = 0
  #balance: unknown
  #history: unknown[] = []
  owner = 'me'
  constructor(balance: unknown) {
    this.#balance = balance
    Account.#count++
  }
  #audit(): number {
    return this.#history.length
  }
  get #doubled(): unknown {
    return this.#audit() + Account.#count
  }
  add(entry: unknown): this {
    this.#history.push(entry)
    return this
  }
  read(): unknown {
    return [this.#balance, this.#doubled]
  }
}
class Savings extends Account {
  #balance = 'of savings'
  rate(): string {
    return this.#balance
  }
}
class MyPromise extends Promise<unknown> {}

function timer(): unknown {
  const timeout = setTimeout(() => {}, 1)
  clearTimeout(timeout)
  return timeout
}
function immediate(): unknown {
  const handle = setImmediate(() => {})
  clearImmediate(handle)
  return handle
}
function fileForm(): unknown {
  const form = new FormData()
  form.set('a', new Blob(['b']))
  return form
}

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
  ['a Response', new Response('x'), 'Response'],
  ['a Blob', new Blob(['x']), 'Blob'],
  ['a DOMException', new DOMException('x'), 'DOMException'],
  ['an AbortSignal', new AbortController().signal, 'AbortSignal'],
  ['an EventEmitter', new EventEmitter(), 'EventEmitter'],
  ['an instance of a class of EventEmitter', new (class Bus extends EventEmitter {})(), 'Bus'],
  ['segments', new Intl.Segmenter('en').segment('a'), 'built-in object'],
  ['a timer', timer(), 'Timeout'],
  ['an immediate', immediate(), 'Immediate'],
  ['a stream of the web', new ReadableStream(), 'ReadableStream'],
  ['a form with a file', fileForm(), 'File', '.get("a")'],
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

describe('keys of instances with private fields', () => {
  it('are equal for equal fields and differ for different ones', () => {
    assert.equal(digest(new Account({ a: [1] })), digest(new Account({ a: [1] })))
    assert.notEqual(digest(new Account({ a: [1] })), digest(new Account({ a: [2] })))
    assert.notEqual(digest(new Account(1)), digest(new Account(1).add('x')))
    assert.notEqual(digest(new Account(1)), digest(new Savings(1)))
    assert.notEqual(digest(new Account(undefined)), digest(new Account(null)))
  })

  it('tell a private field from a property of its name', () => {
    class Both {
      #x = 1
      get(): number {
        return this.#x
      }
    }
    assert.notEqual(digest(new Both()), digest(Object.assign(Object.create(Both.prototype), { '#x': 1 })))
  })

  it('name the private field that cannot be part of a key', () => {
    assert.throws(
      () => digest([new Account(Promise.resolve())], { root: 'args' }),
      error => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && error.details.path === 'args[0].#balance',
    )
  })

  it('are refused where a compiler hid the fields in WeakMaps', () => {
    const lowered: unknown = new Function(
      'return new (class Hidden { read() { return __classPrivateFieldGet(this, _Hidden_x, "f") } })()',
    )()
    assert.throws(
      () => digest(lowered),
      /a Hidden has private fields that its compiler put where nothing can read them/,
    )
  })

  it('are refused, with the reason, where there is no inspector', () => {
    const module = fileURLToPath(new URL('../../lib/keys/canonical.ts', import.meta.url))
    const script = `
      import { createRequire } from 'node:module'
      createRequire(import.meta.url)('node:inspector').Session.prototype.connect = () => { throw new Error('no') }
      const { digest } = await import(${JSON.stringify(module)})
      class Secret { #x = 1; get() { return this.#x } }
      digest({ plain: 1 })
      try { digest(new Secret()) } catch (error) { console.log(error.message) }`
    const output = execFileSync(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    })
    assert.match(output, /a Secret has private fields, and there is no inspector here to read them/)
  })
})

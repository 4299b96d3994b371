import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { isCacheError } from '../../lib/base/errors.ts'
import { canonicalBytes, digest } from '../../lib/keys/canonical.ts'
import { Refusal } from '../../lib/keys/refusal.ts'
import { TAG } from '../../lib/keys/tags.ts'
import { lenient } from './policies.ts'

const of = (value: unknown) => digest(value, { policy: lenient() })
function toldOf(value: unknown): readonly string[] {
  const policy = lenient()
  digest(value, { policy })
  return policy.told.map(({ kind, path, type }) => `${kind} ${path} ${type}`)
}

class Database {
  socket: unknown
  host: string
  constructor(socket: unknown, host: string) {
    this.socket = socket
    this.host = host
  }
}
class Report {
  database: unknown
  rows: unknown
  constructor(database: unknown, rows: unknown) {
    this.database = database
    this.rows = rows
  }
}
class Bus extends EventEmitter {
  topic = 'a'
}

describe('Handles that stand in', () => {
  it('count as their class alone', () => {
    assert.equal(of(new Socket()), of(new Socket()))
    assert.equal(of([Promise.resolve(1)]), of([Promise.resolve(2)]))
    assert.notEqual(of(new Socket()), of(Promise.resolve()))
    assert.notEqual(of(new Socket()), of('Socket'))
  })

  it('take the innermost instance of a class with them, and nothing else', () => {
    const report = (host: string, rows: unknown) =>
      of({ report: new Report(new Database({ list: [new Socket()] }, host), rows), x: 1 })
    assert.equal(report('a', 1), report('b', 1))
    assert.notEqual(report('a', 1), report('a', 2))
    assert.deepEqual(toldOf({ report: new Report(new Database([new Socket()], 'a'), 1) }), [
      'handle .report.database Database',
    ])
  })

  it('are replaced alone where only plain objects hold them', () => {
    const value = (rows: unknown) => ({ rows, streams: new Map([['out', [Readable.from([])]]]) })
    assert.equal(of(value(1)), of(value(1)))
    assert.notEqual(of(value(1)), of(value(2)))
    assert.deepEqual(toldOf(value(1)), ['handle .streams.get("out")[0] Readable'])
  })

  it('are instances themselves where their class is not of Node', () => {
    const report = (rows: unknown) => of(new Report(new Bus(), rows))
    assert.notEqual(report(1), report(2))
    assert.deepEqual(toldOf(new Report(new Bus(), 1)), ['handle .database Bus'])
  })

  it('count by the code of their own classes', () => {
    const digests = ['a', 'b', 'a'].map(atom =>
      digest(new Bus(), { policy: lenient({ functionAtom: () => atom }) }),
    )
    assert.equal(digests[0], digests[2])
    assert.notEqual(digests[0], digests[1])
    const asked: unknown[] = []
    digest([new Socket(), new Bus()], { policy: lenient({ functionAtom: fn => asked.push(fn) }) })
    assert.deepEqual(asked, [Bus])
  })

  it('count by the functions of a prototype that is no class', () => {
    const made = (log: () => unknown) => Object.assign(Object.create({ log }), { out: Promise.resolve() })
    const one = () => 1
    const two = () => 2
    assert.equal(of(made(one)), of(made(one)))
    assert.notEqual(of(made(one)), of(made(two)))
  })

  it('are the same wherever the value shares them, in a cycle too', () => {
    const socket = new Socket()
    const cyclic = (rows: unknown) => {
      const value: Record<string, unknown> = { rows, socket, again: [socket] }
      value.self = value
      value.database = new Database(value, 'x')
      return value
    }
    assert.equal(of(cyclic(1)), of(cyclic(1)))
    assert.notEqual(of(cyclic(1)), of(cyclic(2)))
  })

  it('depend on no order of properties', () => {
    const shared = { socket: new Socket(), n: 1 }
    const parts = { a: new Report(shared, 1), b: [shared], c: new Database(shared, 'h') }
    const value = Object.fromEntries(Object.entries(parts).reverse())
    assert.equal(of(value), of(parts))
  })

  it('hide functions that lie in them: the policy is not asked for these', () => {
    class Client {
      jobs = [() => 1, () => 2]
      socket = new Socket()
      static limit = () => 3
    }
    const asked: string[] = []
    const policy = lenient({ functionAtom: fn => asked.push(fn.name) })
    const kept = () => 4
    digest({ a: new Client(), kept, list: [{ own: new Client() }] }, { policy })
    assert.deepEqual(new Set(asked), new Set(['Client', 'kept']))
  })

  it('are what holds a function without an atom, too', () => {
    class Holder {
      run: unknown
      n: number
      constructor(run: unknown, n: number) {
        this.run = run
        this.n = n
      }
    }
    const policy = lenient({
      functionAtom: fn => {
        if (fn.name.startsWith('bad')) throw new Refusal('native function')
        return fn.name
      },
    })
    const holder = (n: number) => digest({ a: new Holder(bad1, n), b: [bad2, n - n] }, { policy })
    assert.equal(holder(1), holder(2))
    assert.deepEqual(policy.told.slice(0, 2), [
      { kind: 'opaque', path: '.a', type: 'Holder' },
      { kind: 'opaque', path: '.b[0]', type: 'Function' },
    ])
  })

  it('are told: what is live, and what nothing can look into', () => {
    function* generator() {
      yield 1
    }
    const noAtom = () => {
      throw new Refusal('native function')
    }
    const timer = setTimeout(() => {}, 1)
    clearTimeout(timer)
    const told: [unknown, string][] = [
      [Promise.resolve(), 'handle .x Promise'],
      [timer, 'handle .x Timeout'],
      [process, 'handle .x process'],
      [new AbortController().signal, 'handle .x AbortSignal'],
      [new ReadableStream(), 'handle .x ReadableStream'],
      [new WeakMap(), 'opaque .x WeakMap'],
      [generator(), 'opaque .x Generator'],
      [new Blob(['a']), 'opaque .x Blob'],
      [new Proxy({}, { getPrototypeOf: () => assert.fail('was run') }), 'opaque .x Proxy'],
    ]
    for (const [x, text] of told) assert.deepEqual(toldOf({ x }), [text])
    const policy = lenient({ functionAtom: noAtom })
    digest({ x: [named] }, { policy })
    assert.deepEqual(policy.told, [{ kind: 'opaque', path: '.x[0]', type: 'Function' }])
  })

  it('are many without many rounds', () => {
    const sockets = Array.from({ length: 3000 }, (_, i) => new Database(Promise.resolve(), `${i}`))
    assert.equal(toldOf(sockets).length, 3000)
    assert.equal(toldOf(sockets.map(({ socket }) => socket)).length, 3000)
  })

  it('leave unique symbols to their description', () => {
    assert.equal(of(Symbol('a')), of(Symbol('a')))
    assert.notEqual(of(Symbol('a')), of(Symbol('b')))
    assert.notEqual(of(Symbol('a')), of(Symbol.for('a')))
    assert.notEqual(of(Symbol('undefined')), of(Symbol()))
    const keyed = (key: symbol, value: unknown) => new Map([[key, { [key]: value }]])
    assert.equal(of(keyed(Symbol('a'), 1)), of(keyed(Symbol('a'), 1)))
    assert.notEqual(of(keyed(Symbol('a'), 1)), of(keyed(Symbol('a'), 2)))
    assert.notEqual(of(keyed(Symbol('a'), 1)), of(keyed(Symbol('b'), 1)))
  })

  it('leave module namespaces to what they export', async () => {
    const tags: object = await import('../../lib/keys/tags.ts')
    const shape: object = await import('../../lib/keys/shape.ts')
    assert.equal(of({ tags }), of({ tags }))
    assert.equal(canonicalBytes(tags, { policy: lenient() })[1], TAG.namespace)
    assert.notEqual(of({ tags }), of({ tags: shape }))
    assert.notEqual(of({ tags }), of({ tags: { ...tags } }))
    assert.deepEqual(toldOf({ tags }), [])
  })

  it('change nothing for arguments, where there is no policy', () => {
    assert.throws(
      () => digest([new Database(new Socket(), 'a')], { root: 'args' }),
      error => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && error.details.path === 'args[0].socket',
    )
  })
})

function named(): void {}
function bad1(): void {}
function bad2(): void {}

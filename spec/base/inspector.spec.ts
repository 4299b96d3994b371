import assert from 'node:assert/strict'
import { promisify } from 'node:util'
import { Inspector, readPrivateFields } from '../../lib/base/inspector.ts'

let counter = 1
const table = { rows: [1, 2] }

function helper(n: number): number {
  return n + counter + table.rows.length
}

const adder = (by: number) => (n: number) => helper(n) + by

function read(...functions: object[]) {
  const found = Inspector.with(inspector => inspector.read(functions))
  assert.ok(found)
  return found
}

/** The value of a variable in the innermost scope that has it. */
function captured(fn: object, name: string): unknown {
  const [inside] = read(fn)
  return inside?.scopes.find(({ variables }) => name in variables)?.variables[name]
}

describe('Inspector', () => {
  it('sees what a closure captures, with its identity', () => {
    assert.equal(captured(adder(5), 'by'), 5)
    assert.equal(captured(adder(5), 'helper'), helper)
    assert.equal(captured(helper, 'table'), table)
  })

  it('sees the values of now', () => {
    assert.equal(captured(helper, 'counter'), 1)
    counter = 2
    assert.equal(captured(helper, 'counter'), 2)
    counter = 1
  })

  it('gives scopes from the innermost to the global one', () => {
    const [inside] = read(adder(5))
    const kinds = inside?.scopes.map(({ kind }) => kind)
    assert.equal(kinds?.[0], 'closure')
    assert.equal(kinds?.at(-1), 'global')
    assert.ok(inside?.scopes[0] !== undefined && 'by' in inside.scopes[0].variables)
  })

  it('reads many functions at once, each by itself', () => {
    const found = read(adder(1), adder(2), Math.max)
    assert.deepEqual(
      found.map(({ scopes }) => scopes[0]?.variables.by),
      [1, 2, undefined],
    )
    assert.deepEqual(found[2], { scopes: [], location: undefined, bound: undefined })
  })

  it('says in which script a function is written, and where', () => {
    const [first, second] = read(helper, adder)
    assert.equal(first?.location?.scriptId, second?.location?.scriptId)
    assert.notDeepEqual(first?.location, second?.location)
    const url = Inspector.with(inspector => inspector.scriptUrls().get(first?.location?.scriptId ?? ''))
    assert.match(url ?? '', /inspector\.spec\.ts/)
  })

  it('knows scripts that were only just compiled, by way of the debugger', () => {
    const made = new Function('return function () { return 1 } //# sourceURL=just-made.js')() as () => number
    const [inside] = read(made)
    const urls = Inspector.with(inspector => inspector.parsedScriptUrls())
    assert.equal(urls?.get(inside?.location?.scriptId ?? ''), 'just-made.js')
  })

  it('takes bound functions apart', () => {
    const receiver = { a: 1 }
    const [bound] = read(helper.bind(receiver, 7))
    assert.deepEqual(bound?.bound, { target: helper, receiver, args: [7] })
    assert.equal(bound?.bound?.target, helper)
    assert.equal(bound?.bound?.receiver, receiver)
    const [plain] = read(helper.bind(undefined))
    assert.deepEqual(plain?.bound, { target: helper, receiver: undefined, args: [] })
  })

  it('sees into functions that node made around others', () => {
    assert.equal(captured(promisify(helper), 'original'), helper)
  })

  it('looks behind a Proxy without asking it', () => {
    const handler: ProxyHandler<typeof table> = {
      get() {
        throw new Error('asked')
      },
    }
    const inside = Inspector.with(inspector => inspector.proxyOf(new Proxy(table, handler)))
    assert.equal(inside?.target, table)
    assert.equal(inside?.handler, handler)
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    assert.equal(
      Inspector.with(inspector => inspector.proxyOf(proxy)),
      undefined,
    )
  })

  it('leaves nothing behind on the class that it hands values over by', async () => {
    const { Session } = await import('node:inspector')
    const before = Reflect.ownKeys(Session.prototype)
    read(helper)
    assert.deepEqual(Reflect.ownKeys(Session.prototype), before)
  })

  it('is closed when what it was opened for throws', () => {
    assert.throws(() =>
      Inspector.with(() => {
        throw new RangeError('on purpose')
      }),
    )
    assert.equal(captured(adder(3), 'by'), 3)
  })
})

describe('readPrivateFields', () => {
  class Base {
    #x = 1
    sum(): number {
      return this.#x
    }
  }
  class Derived extends Base {
    #x = 2n
    #table = table
    total(): bigint {
      return this.#x + BigInt(this.#table.rows.length)
    }
  }

  it('gives the private fields of the whole chain, with their identity', () => {
    const fields = readPrivateFields(new Derived())
    assert.deepEqual(
      fields?.map(({ name }) => name),
      ['#x', '#x', '#table'],
    )
    assert.deepEqual(
      fields?.map(({ value }) => value),
      [1, 2n, table],
    )
    assert.equal(fields?.[2]?.value, table)
  })

  it('gives none for objects without', () => {
    assert.deepEqual(readPrivateFields({}), [])
  })
})

describe('An open inspector', () => {
  const runsCode = (object: object) => Inspector.with(inspector => inspector.runsCode(object))

  it('looks into nothing that inherits from a Proxy whose handler would be run', () => {
    const bomb = () => assert.fail('ran')
    for (const handler of [
      { ownKeys: bomb },
      { getPrototypeOf: bomb },
      new Proxy({}, { get: bomb }),
      Object.create({ ownKeys: bomb }),
    ]) {
      const fn = Object.setPrototypeOf(() => counter, new Proxy(() => 1, handler))
      assert.equal(runsCode(fn), true)
      assert.deepEqual(read(fn), [{ scopes: [], location: undefined, bound: undefined }])
      assert.equal(readPrivateFields(Object.create(new Proxy({}, handler))), undefined)
    }
  })

  it('looks into all else', () => {
    assert.equal(
      runsCode(() => 1),
      false,
    )
    assert.equal(runsCode({}), false)
    assert.equal(runsCode(Object.create(new Proxy({}, { get: () => 1 }))), false)
  })
})

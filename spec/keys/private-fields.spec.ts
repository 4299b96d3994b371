import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import inspector from 'node:inspector'
import { fileURLToPath } from 'node:url'
import { isCacheError } from '../../lib/base/errors.ts'
import { digest } from '../../lib/keys/canonical.ts'
import { readPrivateFields } from '../../lib/keys/private-fields.ts'

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
class Plain {
  balance = 1
}

describe('readPrivateFields', () => {
  it('gives names and values, those of superclasses first, with their identity', () => {
    const balance = { amount: 1 }
    const fields = readPrivateFields(new Savings(balance))
    assert.deepEqual(fields, [
      { name: '#balance', value: balance },
      { name: '#history', value: [] },
      { name: '#balance', value: 'of savings' },
    ])
    assert.equal(fields?.[0]?.value, balance)
  })

  it('brings every kind of value over as it is', () => {
    const values = [undefined, null, true, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, 1n, 2n ** 70n, 'é\ud800', Symbol.for('s'), Symbol('u'), () => 1, new Date(0), new Proxy({}, {})] // biome-ignore format: one line
    for (const value of values) {
      const read = readPrivateFields(new Account(value))?.find(field => field.name === '#balance')
      assert.ok(read !== undefined && Object.is(read.value, value), String(read?.value))
    }
  })

  it('gives none for objects without any', () => {
    assert.deepEqual(readPrivateFields({}), [])
    assert.deepEqual(readPrivateFields(new Plain()), [])
  })

  it('leaves nothing behind on the inspector', () => {
    readPrivateFields(new Account(1))
    const left = Reflect.ownKeys(inspector.Session.prototype).filter(key => String(key).includes('cachedict'))
    assert.deepEqual(left, [])
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

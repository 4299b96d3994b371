import assert from 'node:assert/strict'
import fc from 'fast-check'
import { canonicalBytes, digest } from '../../lib/keys/canonical.ts'
import { knownBytes, noteWhollyFrozen } from '../../lib/keys/known-values.ts'
import { lenient } from './policies.ts'

const rows = (count: number) => Array.from({ length: count }, (_, i) => Object.freeze({ i }))
const noted = <T extends object>(value: T): T => {
  noteWhollyFrozen(value)
  return value
}
const freeze = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}

describe('A value that was noted as wholly frozen', () => {
  it('has the bytes of an equal value that is not, each time and in any place', () => {
    for (const count of [0, 3, 5000]) {
      const value = noted(Object.freeze(rows(count)))
      for (const wrap of [
        (inner: unknown) => inner,
        (inner: unknown) => [inner, { inner }, inner],
        (inner: unknown) => new Map([[inner, new Set([inner])]]),
      ]) {
        const expected = canonicalBytes(wrap(rows(count)))
        for (let i = 0; i < 3; i++) assert.deepEqual(canonicalBytes(wrap(value)), expected)
      }
    }
  })

  it('has the bytes of its copy, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (json, other) => {
        const value = freeze(structuredClone(json))
        if (typeof value === 'object' && value !== null) noted(value)
        for (let i = 0; i < 3; i++) {
          assert.equal(digest(value), digest(json))
          assert.equal(digest([other, value, { value }]), digest([other, json, { value: json }]))
        }
      }),
    )
  })

  it('is not looked at again', () => {
    const value = noted(Object.freeze(rows(50_000)))
    const time = (run: () => void): number => {
      const start = process.hrtime.bigint()
      run()
      return Number(process.hrtime.bigint() - start)
    }
    const first = time(() => digest([value]))
    const again = Math.min(...[1, 2, 3].map(() => time(() => digest({ deep: [value] }))))
    assert.ok(again < first / 20, `${again} ns after ${first} ns`)
    assert.ok((knownBytes(value)?.length ?? 0) < 100)
  })

  it('is the same under every policy', () => {
    const value = noted(Object.freeze(rows(10)))
    const policy = lenient({ leftOutOf: () => 'all' })
    assert.equal(digest(value, { policy }), digest(rows(10)))
    assert.equal(digest(value, { policy }), digest(value))
    assert.deepEqual(policy.told, [])
  })

  it('may contain itself: then it is walked as before', () => {
    const loop: Record<string, unknown> = { a: 1 }
    loop.self = loop
    const same: Record<string, unknown> = { a: 1 }
    same.self = same
    noted(Object.freeze(loop))
    for (let i = 0; i < 3; i++) assert.equal(digest([loop]), digest([same]))
  })

  it('within a value with cycles counts like any other', () => {
    const value = noted(Object.freeze(rows(3)))
    digest(value)
    const loop = (part: unknown) => {
      const made: Record<string, unknown> = { part }
      made.self = made
      return made
    }
    assert.equal(digest(loop(value)), digest(loop(rows(3))))
  })
})

describe('noteWhollyFrozen', () => {
  it('ignores whatever can still change', () => {
    const frozenMap = Object.freeze(new Map([[1, 1]]))
    const disguised = Object.freeze(Object.setPrototypeOf(new Map([[1, 1]]), Object.prototype))
    for (const value of [
      { a: 1 },
      Object.freeze({ inner: {} }),
      Object.freeze([[1]]),
      frozenMap,
      disguised,
      Object.freeze({ map: frozenMap }),
      Object.freeze({ date: Object.freeze(new Date(0)) }),
      Object.freeze([new Uint8Array(0)]),
      Object.freeze({ f() {} }),
      Object.freeze({ get a() { return 1 } }), // biome-ignore format: one line
      Object.freeze(new (class A {})()),
      Object.freeze(Object.defineProperty({}, 'hidden', { value: {} })),
      new Proxy(Object.freeze({}), { ownKeys: () => assert.fail('was run') }),
      Object.freeze(() => 1),
    ]) {
      noteWhollyFrozen(value)
      try {
        digest(value)
      } catch {
        // Refused, and so not remembered.
      }
      assert.equal(knownBytes(value), undefined)
    }
  })

  it('ignores what is refused or not by policy', () => {
    const value = noted(Object.freeze([Symbol('a')]))
    digest(value, { policy: lenient() })
    assert.throws(() => digest(value), /a unique symbol/)
  })

  it('sees a change that it was not there to prevent', () => {
    const list = [1]
    noteWhollyFrozen(list)
    const before = digest(list)
    list.push(2)
    assert.notEqual(digest(list), before)
  })
})

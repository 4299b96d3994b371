import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import fc from 'fast-check'
import { isCacheError } from '../../lib/base/errors.ts'
import { canonicalBytes, digest } from '../../lib/keys/canonical.ts'
import { GOLDEN } from './golden.ts'
import { alike, shuffled, smallValue } from './random-values.ts'
import { array, DIFFERENT, EQUAL, Other, Point } from './samples.ts'

const hex = (value: unknown): string => Buffer.from(canonicalBytes(value)).toString('hex')

describe('canonicalBytes', () => {
  it('tells every pair of different values apart, also inside others (Q27, Q28)', () => {
    for (const wrap of [same, inArray, inObject, inMap, asKey, inSet]) {
      const seen = new Map<string, string>()
      for (const [name, value] of DIFFERENT) {
        // The one value that a Map does not keep as a key.
        if (Object.is(value, -0) && (wrap === asKey || wrap === inSet)) continue
        const bytes = hex(wrap(value))
        assert.equal(seen.get(bytes), undefined, `${wrap.name}: ${name} and ${seen.get(bytes)} share a key`)
        seen.set(bytes, name)
      }
    }
  })

  it('gives the same bytes for the same value again', () => {
    for (const [name, value] of DIFFERENT) assert.equal(hex(value), hex(value), name)
  })

  for (const [name, ...values] of EQUAL) {
    it(`gives the same bytes for ${name}`, () => {
      for (const wrap of [same, inArray, inObject, inMap, asKey, inSet]) {
        for (const value of values) assert.equal(hex(wrap(value)), hex(wrap(values[0])))
      }
    })
  }

  it('gives clones of random values the same bytes', () => {
    fc.assert(
      fc.property(fc.anything({ ...ANYTHING, withNullPrototype: false }), value => {
        assert.equal(hex(structuredClone(value)), hex(value))
      }),
      { numRuns: 500 },
    )
  })

  it('gives random values the bytes of their shuffled copies', () => {
    fc.assert(
      fc.property(fc.anything(ANYTHING), fc.nat(), (value, seed) => {
        assert.equal(hex(shuffled(value, seed)), hex(value))
      }),
      { numRuns: 500 },
    )
  })

  it('gives two random values the same bytes exactly if a slow comparison finds them alike', () => {
    let equal = 0
    fc.assert(
      fc.property(smallValue, smallValue, (a, b) => {
        if (alike(a, b)) equal++
        assert.equal(hex(a) === hex(b), alike(a, b))
      }),
      { numRuns: 5000 },
    )
    assert.ok(equal > 50, `only ${equal} equal pairs were tried`)
  })

  it('tells any two random values apart that a slow comparison does', () => {
    fc.assert(
      fc.property(fc.anything(ANYTHING), fc.anything(ANYTHING), (a, b) => {
        assert.equal(hex(a) === hex(b), alike(a, b))
      }),
      { numRuns: 500 },
    )
  })

  it('depends on the order of a list (P2)', () => {
    assert.notEqual(digest([1, 2, 3]), digest([3, 2, 1]))
  })

  it('holds equal what is equal and different what is not (P3, A12, A14)', () => {
    const triples: [unknown, unknown, unknown][] = [
      [new Set([1, 2]), new Set([2, 1]), new Set([1, 2, 3])],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
        { a: 2, b: 1 },
      ],
      [new Point(1, 1), new Point(1, 1), new Point(2, 1)],
      [new Point(1, 1), new Point(1, 1), new Other(1, 1)],
      [{ v: 1 }, { v: 1 }, { v: '1' }],
      [{ v: null }, { v: null }, { v: 'null' }],
      [[[1]], [[1]], [[0]]],
      [[Point], [Point], [Other]],
    ]
    for (const [a, b, c] of triples) {
      assert.equal(digest(a), digest(b))
      assert.notEqual(digest(a), digest(c))
    }
  })

  it('gives the digests that it gave in earlier releases (D5, D6, C6, A10)', () => {
    for (const [name, value, expected] of GOLDEN) assert.equal(digest(value), expected, name)
  })

  it('gives them in another process (Q27)', () => {
    const child = fileURLToPath(new URL('golden.ts', import.meta.url))
    const output = execFileSync(process.execPath, ['--import=tsx', child], { encoding: 'utf8' })
    assert.deepEqual(JSON.parse(output), GOLDEN.map(([, , expected]) => expected)) // biome-ignore format: one line
  })

  it('digests by sha256', () => {
    const value = { a: [1, 'two'] }
    assert.equal(digest(value), createHash('sha256').update(canonicalBytes(value)).digest('hex'))
  })

  it('begins with the number of its format', () => {
    assert.equal(canonicalBytes(undefined)[0], 1)
  })

  it('knows the objects of another realm', () => {
    const realm = createContext({})
    const foreign: unknown = runInContext(
      '({ a: [1, new Map([[1, new Date(0)]]), /x/g, new Error("e"), new Uint8Array(2)] })',
      realm,
    )
    const own = { a: [1, new Map([[1, new Date(0)]]), /x/g, new Error('e'), new Uint8Array(2)] }
    assert.equal(hex(foreign), hex(own))
  })

  it('reads a typed array of 8 MB where it lies, whatever its offset', () => {
    const bytes = new Uint8Array(8 << 20)
    bytes.set(randomBytes(1 << 20), 1 << 20)
    const value = new Float64Array(bytes.buffer, 8, 1_000_000)
    assert.equal(digest(value), digest(value.slice()))
    assert.notEqual(digest(value), digest(value.subarray(1)))
    assert.ok(canonicalBytes(value).length < 200)
  })

  it('is quick for a sparse array of the greatest length', () => {
    const sparse = array(2 ** 32 - 1, { 5: 1, 4000000000: 2 })
    assert.notEqual(digest(sparse), digest(array(2 ** 32 - 1, { 5: 1, 4000000001: 2 })))
    assert.equal(digest(sparse), digest(array(2 ** 32 - 1, { 4000000000: 2, 5: 1 })))
  })

  it('runs no code of a value', () => {
    const trap = (): never => assert.fail('code was run')
    const value = {
      toJSON: trap,
      toString: trap,
      valueOf: trap,
      [Symbol.iterator]: trap,
      [Symbol.toPrimitive]: trap,
    }
    class Loud extends Map<unknown, unknown> {
      override entries = trap
      override get size(): never {
        return trap()
      }
      override get [Symbol.toStringTag](): never {
        return trap()
      }
    }
    canonicalBytes([value, new Loud()])
  })

  it('says what cannot be part of a key, and where', () => {
    assert.throws(
      () => canonicalBytes([1, { socket: Promise.resolve() }], { root: 'args' }),
      error =>
        isCacheError(error, 'ERR_CACHE_UNKEYABLE') &&
        error.message ===
          "Cannot make a key of args[1].socket: a Promise has no stable identity. Leave the parameter out with ignore: ['…'], or give innerKey." &&
        error.details.path === 'args[1].socket' &&
        error.details.type === 'Promise',
    )
  })

  it('goes on working after an error', () => {
    const before = hex({ a: 1 })
    assert.throws(() => canonicalBytes([{ a: 1 }, new WeakMap()]))
    assert.equal(hex({ a: 1 }), before)
  })
})

const ANYTHING = {
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
} as const

function same(value: unknown): unknown {
  return value
}
function inArray(value: unknown): unknown {
  return [0, value, 1]
}
function inObject(value: unknown): unknown {
  return { a: 0, b: value, c: 1 }
}
function inMap(value: unknown): unknown {
  return new Map([
    ['k', value],
    ['l', 1],
  ])
}
function asKey(value: unknown): unknown {
  return new Map([[value, 1]])
}
function inSet(value: unknown): unknown {
  return new Set([value, 'other'])
}

import assert from 'node:assert/strict'
import { ABSENT, IGNORED } from '../../lib/keys/atoms.ts'
import { canonicalBytes } from '../../lib/keys/canonical.ts'
import { CONTENT } from '../../lib/keys/own-content.ts'
import { FORMAT, TAG } from '../../lib/keys/tags.ts'
import { lenient } from './policies.ts'

class Point {
  x = 1
}
const cyclic: Record<string, unknown> = {}
cyclic.self = cyclic
const leftOut = new Map()
/** Those that only a policy makes. */
const OF_POLICY = new Set(['uniqueSymbol', 'functionAtom', 'standIn', 'leftOut', 'proxy'])

// Written out a second time on purpose: kept keys are made of these numbers, so none of them ever changes.
const TAGS: readonly (readonly [tag: number, name: keyof typeof TAG, ...values: unknown[]])[] = [
  [0x01, 'undefined', undefined],
  [0x02, 'null', null],
  [0x03, 'true', true],
  [0x04, 'false', false],
  [0x05, 'number', 1],
  [0x06, 'bigint', 1n],
  [0x07, 'string', 'text'],
  [0x08, 'illFormedString', '\ud800'],
  [0x09, 'longString', 'x'.repeat(5000)],
  [0x0a, 'longIllFormedString', '\ud800'.repeat(5000)],
  [0x0b, 'registeredSymbol', Symbol.for('a')],
  [0x0c, 'wellKnownSymbol', Symbol.iterator],
  [0x0d, 'ignored', IGNORED],
  [0x0e, 'absent', ABSENT],
  [0x0f, 'uniqueSymbol', Symbol('a')],
  [0x10, 'digest', Array.from({ length: 5000 }, () => 1)],
  [0x11, 'cyclic', cyclic],
  // Only within the table that a cyclic value is a digest of.
  [0x12, 'cyclicReference'],
  [0x20, 'object', {}],
  [0x21, 'nullPrototype', Object.create(null)],
  [0x22, 'instance', new Point()],
  [0x23, 'array', []],
  [0x24, 'sparseArray', new Array(1)],
  [0x25, 'map', new Map()],
  [0x26, 'set', new Set()],
  [0x27, 'date', new Date(0)],
  [0x28, 'regexp', /a/],
  [0x29, 'boxed', Object(1)],
  [0x2a, 'error', new Error('m')],
  [0x2b, 'arrayBuffer', new ArrayBuffer(1)],
  [0x2c, 'sharedArrayBuffer', new SharedArrayBuffer(1)],
  [0x2d, 'typedArray', new Uint8Array(1)],
  [0x2e, 'dataView', new DataView(new ArrayBuffer(1))],
  [0x2f, 'url', new URL('http://a')],
  [0x30, 'urlSearchParams', new URLSearchParams()],
  [0x31, 'function', () => 1],
  [0x32, 'builtin', Math.max],
  [0x33, 'native', new TextDecoder()],
  [0x34, 'ownContent', Object.defineProperty({}, CONTENT, { value: () => 'a' })],
  [0x35, 'functionAtom', () => 1],
  // Only within the object whose accessor it is.
  [0x36, 'accessor'],
  // What `import * as` gives is none once a compiler has made CommonJS of this file: see handles.spec.ts.
  [0x37, 'namespace'],
  [0x38, 'standIn', Promise.resolve()],
  [0x39, 'leftOut', leftOut],
  [0x3a, 'proxy', new Proxy({}, {})],
]

describe('TAG', () => {
  it('has these numbers, each for one thing', () => {
    assert.deepEqual({ ...TAG }, Object.fromEntries(TAGS.map(([tag, name]) => [name, tag])))
    assert.equal(new Set(Object.values(TAG)).size, TAGS.length)
  })

  it('comes right after the format in the canonical bytes of a value', () => {
    for (const [tag, name, ...values] of TAGS) {
      const policy = lenient({
        leftOutOf: object => (object === leftOut ? 'all' : undefined),
        insideOf: () => ({ target: {}, handler: {} }),
      })
      const options = OF_POLICY.has(name) ? { policy } : {}
      for (const value of values)
        assert.deepEqual([...canonicalBytes(value, options).subarray(0, 2)], [1, tag], name)
    }
  })
})

describe('FORMAT', () => {
  it('is 1, for as long as no byte has changed its meaning', () => assert.equal(FORMAT, 1))
})

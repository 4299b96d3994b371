import assert from 'node:assert/strict'
import { encode } from 'cachedict'
import fc from 'fast-check'
import {
  decodeEntry,
  decodeHead,
  type Entry,
  encodeEntry,
  encodeHead,
  holdsValue,
  mayHoldValue,
} from '../../lib/entries/entry.ts'
import { type MadeOf, OF_NOTHING } from '../../lib/entries/made-of.ts'
import { entryOf } from '../support/entries.ts'

const bytes = fc.uint8Array({ maxLength: 40 })
const PLAIN = { noNullPrototype: true } as const
const madeOf: fc.Arbitrary<MadeOf> = fc.record(
  {
    uses: fc.array(
      fc.record(
        {
          place: fc.string(),
          what: fc.constantFrom('value' as const, 'presence' as const, 'result' as const),
          key: fc.string(),
          label: fc.string(),
          codeVersion: fc.string(),
          stamp: fc.string(),
          digest: fc.string(),
        },
        PLAIN,
      ),
      { minLength: 1, maxLength: 3 },
    ),
    calls: fc.array(
      fc.record(
        { place: fc.string(), name: fc.string(), codeVersion: fc.string(), values: fc.string() },
        PLAIN,
      ),
      { maxLength: 2 },
    ),
  },
  PLAIN,
)
const entries: fc.Arbitrary<Entry> = fc.record({
  status: fc.constantFrom('value' as const, 'error' as const),
  promise: fc.boolean(),
  name: fc.string(),
  codeVersion: fc.string(),
  values: fc.string(),
  madeOf: fc.oneof(fc.constant(OF_NOTHING), madeOf),
  createdAtMs: fc.nat(),
  expiresAtMs: fc.option(fc.nat(), { nil: undefined }),
  costMs: fc.double({ min: 0, noNaN: true }),
  codecId: fc.string(),
  key: fc.option(bytes, { nil: undefined }),
  args: fc.option(bytes, { nil: undefined }),
  older: fc.array(fc.string(), { maxLength: 4 }),
  value: bytes,
})

const KEY = 'd"key'

/** With bytes as lists: which view they come as does not matter. */
function plain(entry: Entry): object {
  const { key, args, value } = entry
  return { ...entry, key: key && [...key], args: args && [...args], value: [...value] }
}

describe('encodeEntry and decodeEntry', () => {
  it('give back every field of any entry', () => {
    fc.assert(
      fc.property(entries, fc.string(), (entry, key) => {
        assert.deepEqual(plain(decodeEntry(encodeEntry(entry, key), key)!), plain(entry))
      }),
    )
  })

  it('lay the value where a Float64Array may begin', () => {
    for (const name of ['', 'a', 'ab', 'abc', 'abcd', 'abcdefgh']) {
      const { value } = decodeEntry(encodeEntry(entryOf(1, { name }), KEY), KEY)!
      assert.equal(value.byteOffset % 8, 0)
    }
  })

  it('know an entry that was written for another key', () => {
    assert.equal(decodeEntry(encodeEntry(entryOf(1), KEY), 'd"other'), undefined)
  })

  it('know any flipped bit', () => {
    const frame = encodeEntry(entryOf({ list: [1, 2, 3] }), KEY)
    for (let bit = 0; bit < frame.length * 8; bit += 1) {
      const damaged = new Uint8Array(frame)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      assert.equal(decodeEntry(damaged, KEY), undefined, `bit ${bit}`)
      assert.equal(holdsValue(damaged, KEY), false, `bit ${bit}`)
    }
  })

  it('know any truncation', () => {
    const frame = encodeEntry(entryOf('text'), KEY)
    for (let length = 0; length < frame.length; length += 1) {
      assert.equal(decodeEntry(frame.slice(0, length), KEY), undefined)
    }
  })

  it('accept random bytes never, and end', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), frame => decodeEntry(frame, KEY) === undefined))
  })

  it('refuse a description of wrong shape under a right checksum', () => {
    const forged: Partial<Record<keyof Entry, unknown>>[] = [
      { name: 1 },
      { codeVersion: null },
      { createdAtMs: 'now' },
      { expiresAtMs: 'never' },
      { costMs: null },
      { codecId: {} },
      { key: 'text' },
      { args: [1] },
      { older: 'older' },
      { older: [1] },
    ]
    for (const fields of forged) {
      const frame = encodeEntry({ ...entryOf(1), ...fields } as Entry, KEY)
      assert.equal(decodeEntry(frame, KEY), undefined, JSON.stringify(fields))
    }
  })
})

describe('holdsValue', () => {
  it('tells values from errors without reading on', () => {
    assert.equal(holdsValue(encodeEntry(entryOf(undefined), KEY), KEY), true)
    const error = entryOf(1, { status: 'error', value: encode(new Error('no')) })
    assert.equal(holdsValue(encodeEntry(error, KEY), KEY), false)
    assert.equal(holdsValue(encodeEntry({ ...error, promise: true }, KEY), KEY), false)
  })
})

describe('decodeHead', () => {
  it('reads a head with or without its value, and what it says of that', () => {
    fc.assert(
      fc.property(entries, entry => {
        const frame = encodeEntry(entry, KEY)
        const { valueBytes, valueSum, valueStart, ...head } = decodeHead(frame, KEY)!
        assert.deepEqual({ ...plain({ ...head, value: entry.value }) }, plain(entry))
        assert.deepEqual(decodeHead(frame.subarray(0, valueStart), KEY), decodeHead(frame, KEY))
        const alone = encodeHead(entry, { valueBytes, valueSum }, KEY)
        assert.deepEqual(Buffer.from(alone), Buffer.from(frame.subarray(0, valueStart)))
      }),
    )
  })

  it('knows any flipped bit of the head, and looks at no value', () => {
    const frame = encodeEntry(entryOf('text'), KEY)
    const { valueStart } = decodeHead(frame, KEY)!
    for (let bit = 0; bit < frame.length * 8; bit += 1) {
      const damaged = new Uint8Array(frame)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      assert.equal(decodeHead(damaged, KEY) === undefined, bit < valueStart * 8, `bit ${bit}`)
    }
  })
})

describe('mayHoldValue', () => {
  it('takes a head without its value for one that has it, and a damaged value for none', () => {
    const frame = encodeEntry(entryOf('text'), KEY)
    const { valueStart } = decodeHead(frame, KEY)!
    const results = [frame, frame.subarray(0, valueStart), frame.subarray(0, -1)].map(each =>
      mayHoldValue(each, KEY),
    )
    assert.deepEqual(results, [true, true, false])
    assert.equal(holdsValue(frame.subarray(0, valueStart), KEY), false)
    assert.equal(mayHoldValue(encodeEntry(entryOf(1, { status: 'error' }), KEY), KEY), false)
  })
})

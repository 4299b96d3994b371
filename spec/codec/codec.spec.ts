import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isCacheError } from '../../lib/base/errors.ts'
import { registerClass } from '../../lib/codec/class-registry.ts'
import { decode, defaultCodec, encode, encodeNamed, isTree } from '../../lib/codec/codec.ts'
import { graphs } from '../support/codec-graphs.ts'
import { keepableValues, nested } from '../support/codec-values.ts'
import { assertSame, differenceOf } from '../support/same.ts'

describe('encode and decode', () => {
  for (const [name, value] of Object.entries(keepableValues())) {
    it(`gives back ${name}`, () => {
      assertSame(decode(encode(value)), value)
    })
    it(`gives back ${name} beside others and at odd offsets`, () => {
      const several = [1, value, undefined, { value }]
      const bytes = encode(several)
      const shifted = new Uint8Array(bytes.byteLength + 3).subarray(3)
      shifted.set(bytes)
      assertSame(decode(shifted), several)
      assertSame(decode(Buffer.from(bytes)), several)
    })
  }

  it('gives back any graph of plain objects, arrays, Maps, Sets and errors', () => {
    fc.assert(
      fc.property(graphs(), value => {
        assertSame(decode(encode(value)), value)
      }),
      { numRuns: 600 },
    )
  })

  it('encodes what it decoded to the same bytes', () => {
    fc.assert(
      fc.property(graphs(), value => {
        const bytes = encode(value)
        assert.deepEqual(encode(decode(bytes)), bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('gives back any JSON value in tree form', () => {
    fc.assert(
      fc.property(fc.jsonValue(), json => {
        const value: unknown = JSON.parse(JSON.stringify(json))
        assertSame(decode(encode(value)), value)
      }),
      { numRuns: 500 },
    )
  })

  const deep: Record<string, (inner: unknown) => unknown> = {
    objects: inner => ({ inner }),
    arrays: inner => [inner],
    Maps: inner => new Map([['inner', inner]]),
    'Map keys': inner => new Map([[inner, 1]]),
    Sets: inner => new Set([inner]),
    causes: inner => new Error('e', { cause: inner }),
    'null-prototype objects': inner => Object.assign(Object.create(null), { inner }),
  }
  for (const [name, wrap] of Object.entries(deep)) {
    it(`gives back ${name} nested 10,000 deep`, () => {
      const value = nested(10_000, wrap)
      assertSame(decode(encode(value)), value)
    })
  }

  it('gives back a doubly linked list of 10,000', () => {
    interface Link {
      next?: Link
      before?: Link
      readonly index: number
    }
    const first: Link = { index: 0 }
    let last = first
    for (let index = 1; index < 10_000; index++) {
      const link: Link = { index, before: last }
      last.next = link
      last = link
    }
    assertSame(decode(encode(first)), first)
  })

  it('leaves the caller’s value alone', () => {
    const value = { list: [1, { a: undefined }], map: new Map([[{ k: 1 }, new Date(0)]]) }
    const decoded = decode(encode(value)) as typeof value
    assertSame(value, { list: [1, { a: undefined }], map: new Map([[{ k: 1 }, new Date(0)]]) })
    assert.notEqual(decoded.list, value.list)
  })

  it('gives each call bytes of its own', () => {
    const first = encode({ a: 1 })
    const copy = first.slice()
    encode({ b: 'something longer than before' })
    assert.deepEqual(first, copy)
    assert.equal(first.buffer.byteLength, first.byteLength)
  })

  it('may be called from a class’s own encode and decode', () => {
    class Sealed {
      readonly bytes: Uint8Array
      constructor(bytes: Uint8Array) {
        this.bytes = bytes
      }
    }
    registerClass(Sealed, {
      name: 'codec.spec Sealed',
      encode: sealed => encode([decode(sealed.bytes), 1]),
      decode: (state: Uint8Array) => new Sealed(encode((decode(state) as unknown[])[0])),
    })
    const value = [{ a: 1 }, new Sealed(encode({ inner: [1, undefined] })), { b: 2 }]
    assertSame(decode(encode(value)), value)
  })

  it('names the root of the value as it is told to', () => {
    assert.throws(() => encodeNamed({ f: () => 1 }, 'value'), { message: /^Cannot keep value\.f: / })
  })

  it('tells a plain tree by its bytes', () => {
    assert.equal(isTree(encode({ a: [1, 'x', null] })), true)
    for (const value of [undefined, [undefined], new Date(), new Map()])
      assert.equal(isTree(encode(value)), false)
  })

  it('is the default codec, by the id msgpack', () => {
    assert.equal(defaultCodec.id, 'msgpack')
    assertSame(defaultCodec.decode(defaultCodec.encode(new Set([1]))), new Set([1]))
  })

  it('takes the same bytes as ever', () => {
    // The first bytes of format 1: whoever changes them loses what users have kept.
    assert.equal(Buffer.from(encode({ a: [1, 'x'] })).toString('hex'), '1081a1619201a178')
    assert.equal(Buffer.from(encode([undefined, -5n])).toString('hex'), '119192c70000d5020105')
  })
})

describe('decode of damaged bytes', () => {
  const samples = Object.values(keepableValues())
    .filter(value => !hasLongPart(value))
    .map(value => encode(value))

  it('throws ERR_CACHE_CORRUPT on every proper beginning of an encoding', () => {
    for (const bytes of samples) {
      const step = Math.max(1, Math.floor(bytes.byteLength / 200))
      for (let length = 0; length < bytes.byteLength; length += step) {
        assert.throws(() => decode(bytes.subarray(0, length)), { code: 'ERR_CACHE_CORRUPT' })
      }
    }
  })

  it('throws ERR_CACHE_CORRUPT on bytes too many', () => {
    for (const bytes of samples) {
      assert.throws(() => decode(Buffer.concat([bytes, Buffer.from([0xc0])])), { code: 'ERR_CACHE_CORRUPT' })
    }
  })

  it('throws a CacheError or returns on bytes changed, inserted or removed', () => {
    const mutation = fc.record({
      sample: fc.nat(samples.length - 1),
      at: fc.nat(),
      remove: fc.nat(3),
      insert: fc.uint8Array({ maxLength: 4 }),
    })
    fc.assert(
      fc.property(mutation, ({ sample, at, remove, insert }) => {
        const bytes = Buffer.from(samples[sample] as Uint8Array)
        const position = at % bytes.byteLength
        decodesOrRefuses(
          Buffer.concat([bytes.subarray(0, position), insert, bytes.subarray(position + remove)]),
        )
      }),
      { numRuns: 4000 },
    )
  })

  it('throws a CacheError or returns on any bytes', () => {
    const any = fc.tuple(fc.constantFrom(0x10, 0x11, 0x12, 0), fc.uint8Array({ maxLength: 200 }))
    fc.assert(
      fc.property(any, ([first, rest]) => decodesOrRefuses(Buffer.from([first, ...rest]))),
      { numRuns: 4000 },
    )
  })

  it('refuses what is not bytes as a wrong argument', () => {
    assert.throws(() => decode('text' as unknown as Uint8Array), TypeError)
  })
})

function decodesOrRefuses(bytes: Uint8Array): void {
  const startMs = performance.now()
  try {
    decode(bytes)
  } catch (error) {
    if (!isCacheError(error)) throw error
  }
  assert.ok(performance.now() - startMs < 2000)
  assert.deepEqual(Reflect.ownKeys({}), [])
  assert.equal('polluted' in {}, false)
}

function hasLongPart(value: unknown): boolean {
  return encode(value).byteLength > 20_000
}

describe('large binary data', () => {
  it('of 100 MB is encoded within twice a plain copy, and decoded as a view', () => {
    const numbers = new Float64Array(12_500_000).fill(0.5)
    const bytesOfNumbers = new Uint8Array(numbers.buffer)
    const plainCopy = () => new Uint8Array(bytesOfNumbers.byteLength).set(bytesOfNumbers)
    plainCopy()
    encode(numbers)
    // In turn, so that whatever else the machine does slows both.
    const rounds = [0, 1, 2].map(() => [msOf(plainCopy), msOf(() => encode(numbers))] as const)
    const copyMs = median(rounds.map(([copy]) => copy))
    const encodeMs = median(rounds.map(([, encoded]) => encoded))
    const bytes = encode(numbers)
    const decodeMs = msOf(() => decode(bytes))
    const decoded = decode(bytes) as Float64Array
    assert.equal(decoded.buffer, bytes.buffer)
    assert.equal(differenceOf(decoded, numbers), undefined)
    assert.ok(bytes.byteLength < numbers.byteLength + 100)
    assert.ok(encodeMs <= 2 * copyMs, `encoding took ${encodeMs} ms, a copy ${copyMs} ms`)
    assert.ok(decodeMs < copyMs / 2, `decoding took ${decodeMs} ms, a copy ${copyMs} ms`)
  })
})

function msOf(act: () => unknown): number {
  const startMs = performance.now()
  act()
  return performance.now() - startMs
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number
}

describe('decode, asked for more than there is', () => {
  it('refuses many markers that share one attachment: little input must not take much memory', () => {
    const big = encode({ a: new Uint8Array(5_000).buffer, b: new Uint8Array(6_000).buffer })
    const bytes = Buffer.from(big)
    // The marker of `b` is pointed at the attachment of `a`, and made longer: both together take more than there is.
    const at = bytes.indexOf(Buffer.from([0xcd, 0x13, 0x88, 0xcd, 0x17, 0x70]))
    assert.ok(at > 0, 'offset 5000 and length 6000 stand in the body')
    const forged = Buffer.from(bytes)
    forged.writeUInt16BE(0, at + 1)
    forged.writeUInt16BE(11_000, at + 4)
    assert.throws(() => decode(forged), /ERR_CACHE_CORRUPT|Cannot restore/)
  })

  it('encodes a long boxed string in time that grows with its length', () => {
    const box = Object('x'.repeat(200_000))
    assert.equal(String(decode(encode(box))), String(box))
  })
})

describe('encode, given a large Buffer', () => {
  it('takes no longer than for a Uint8Array of the same bytes, but for what names cost', () => {
    const bytes = new Uint8Array(20_000_000)
    const buffer = Buffer.from(bytes.buffer)
    const time = (value: unknown) => {
      const started = performance.now()
      encode(value)
      return performance.now() - started
    }
    const best = (value: unknown) => Math.min(...[1, 2, 3, 4].map(() => time(value)))
    // Listing the names of its elements, as it once did, takes a hundred times as long.
    assert.ok(best(buffer) < best(bytes) * 10 + 20)
  })
})

describe('encode, given an error without a stack that can be made', () => {
  for (const key of ['message', 'name']) {
    it(`says so where its ${key} is the error itself`, () => {
      const error = new Error('e')
      Object.defineProperty(error, key, { value: error, enumerable: true })
      let refused: unknown
      try {
        encode({ error })
        // An engine that makes the text early has one already.
        return
      } catch (thrown) {
        refused = thrown
      }
      assert.ok(isCacheError(refused, 'ERR_CACHE_UNENCODABLE'))
      assert.match(refused.message, /Cannot keep result\.error\.stack: the engine cannot make its text/)
    })
  }
})

import assert from 'node:assert/strict'
import { Encoder, ExtData } from '@msgpack/msgpack'
import { decode, encode } from '../../lib/codec/codec.ts'
import { EXTENSION } from '../../lib/codec/extensions.ts'
import { nested } from '../support/codec-values.ts'

const none = new Uint8Array(0)
const mark = (type: number) => new ExtData(type, none)
const reference = (index: number) => new ExtData(EXTENSION.REFERENCE, Uint8Array.of(0, 0, 0, index))
const graph = (...table: unknown[]) =>
  Buffer.concat([Uint8Array.of(0x11), new Encoder({ maxDepth: 1000 }).encode(table)])
const { ARRAY, BOXED, CUSTOM, ERROR, INSTANCE, MAP, REGEXP, VIEW, VIEW_ON, ARRAY_BUFFER, OBJECT } = EXTENSION

describe('raise', () => {
  const hostile: Record<string, unknown[]> = {
    'an empty table': [],
    'an entry that refers to itself': [reference(0)],
    'entries that refer to each other in a circle': [reference(1), reference(0)],
    'an entry that refers to an earlier one': [[reference(1)], [], reference(1)],
    'a reference beyond the table': [[reference(7)]],
    'a reference of the wrong length': [[new ExtData(EXTENSION.REFERENCE, Uint8Array.of(0))]],
    'an extension that is none of ours': [[new ExtData(31, none)]],
    'a marker that is none of ours': [[mark(99)]],
    'a Timestamp': [[new ExtData(-1, new Uint8Array(4))]],
    'bytes without a kind': [[Uint8Array.of(1)]],
    'bytes as an entry': [Uint8Array.of(1)],
    'an undefined with contents': [new ExtData(EXTENSION.UNDEFINED, Uint8Array.of(1))],
    'a bigint without a sign': [new ExtData(EXTENSION.BIGINT, Uint8Array.of(7, 1))],
    'a bigint without digits': [new ExtData(EXTENSION.BIGINT, Uint8Array.of(1))],
    'half a character': [new ExtData(EXTENSION.UTF16, Uint8Array.of(1))],
    'a short date': [new ExtData(EXTENSION.DATE, Uint8Array.of(1))],
    'a Map with a key too many': [[mark(MAP), 1]],
    'an object with a key too many': [[mark(OBJECT), 'a']],
    'an object with a number as key': [[mark(OBJECT), 1, 2]],
    'an array longer than arrays can be': [[mark(ARRAY), 2 ** 32]],
    'an array of negative length': [[mark(ARRAY), -1]],
    'an array without length': [[mark(ARRAY)]],
    'an index beyond the length': [[mark(ARRAY), 2, 2, 'x']],
    'a length as a key': [[mark(ARRAY), 1, 'length', 'x']],
    'a RegExp with bad flags': [[mark(REGEXP), 'a', 'zz', 0]],
    'a RegExp that does not parse': [[mark(REGEXP), '(', '', 0]],
    'a RegExp without lastIndex': [[mark(REGEXP), 'a', '', 'b']],
    'a boxed object': [[mark(BOXED), {}]],
    'a boxed null': [[mark(BOXED), null]],
    'an invalid URL': [[mark(EXTENSION.URL), 'no url']],
    'an error of no known class': [[mark(ERROR), 99]],
    'an error of a class by name': [[mark(ERROR), 'Error']],
    'an error property without value': [[mark(ERROR), 0, 'message', true]],
    'an error property of unknown kind': [[mark(ERROR), 0, 'message', 1, 'x']],
    'a DOMException without name': [[mark(EXTENSION.DOM_EXCEPTION), 'm']],
    'a view of no known kind': [[mark(VIEW), 99, Uint8Array.of(1)]],
    'a view of a kind by name': [[mark(VIEW), 'constructor', Uint8Array.of(1)]],
    'a view that ends within an element': [[mark(VIEW), 9, Uint8Array.of(1)]],
    'a view on attachments that are not there': [[mark(VIEW), 2, 0, 100]],
    'a view at an offset that overflows': [[mark(VIEW), 2, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
    'a buffer at a broken offset': [[mark(ARRAY_BUFFER), 0.5, 1]],
    'a shared view beyond its buffer': [
      [[mark(VIEW_ON), 2, reference(1), 1, 2]],
      [mark(ARRAY_BUFFER), Uint8Array.of(1)],
    ],
    'a shared view at an odd offset': [
      [[mark(VIEW_ON), 9, reference(1), 1, 8]],
      [mark(ARRAY_BUFFER), new Uint8Array(16)],
    ],
    'a shared view on what is no buffer': [[mark(VIEW_ON), 2, reference(1), 0, 0], { byteLength: 9 }],
    'a shared view on itself': [[mark(VIEW_ON), 2, reference(0), 0, 0]],
    'a custom instance that is no entry': [[[mark(CUSTOM), 'X', 1]]],
    'an instance without a name': [[mark(INSTANCE), 1, 0]],
    'a marker as first element of a marker': [[mark(MAP), mark(MAP), 1]],
  }
  for (const [name, table] of Object.entries(hostile)) {
    it(`refuses ${name}`, () => {
      assert.throws(() => decode(graph(...table)), { code: 'ERR_CACHE_CORRUPT' })
    })
  }

  it('accepts the hostile tables’ honest relatives', () => {
    assert.deepEqual(decode(graph([mark(ARRAY), 3, 2, 'x'])), Object.assign(new Array(3), { 2: 'x' }))
    assert.deepEqual(decode(graph([mark(MAP), 1, 2])), new Map([[1, 2]]))
    assert.deepEqual(decode(graph([reference(1), reference(1)], [])), [[], []])
  })

  it('sets no room aside for a length that only claims to be', () => {
    const claims = Array.from({ length: 2000 }, () => [mark(ARRAY), 30_000_000])
    const before = process.memoryUsage().rss
    const arrays = decode(graph(claims)) as unknown[][]
    assert.equal(arrays[1999]?.length, 30_000_000)
    assert.ok(process.memoryUsage().rss - before < 200e6)
  })

  it('makes `__proto__` a property and touches no prototype', () => {
    const value = decode(graph([mark(OBJECT), '__proto__', { polluted: true }])) as object
    assert.equal(Object.getPrototypeOf(value), Object.prototype)
    assert.deepEqual(Object.keys(value), ['__proto__'])
    assert.equal('polluted' in {}, false)
  })

  it('refuses `__proto__` as a key of MessagePack', () => {
    const body = Buffer.concat([
      Uint8Array.of(0x10, 0x81, 0xa9),
      Buffer.from('__proto__'),
      Uint8Array.of(0x80),
    ])
    assert.throws(() => decode(body), { code: 'ERR_CACHE_CORRUPT' })
  })

  it('refuses nesting that encode never writes', () => {
    assert.throws(() => decode(graph(nested(101, inner => [inner]))), { code: 'ERR_CACHE_CORRUPT' })
    const bytes = Buffer.concat([Uint8Array.of(0x10), Buffer.alloc(1_000_000, 0x91)])
    assert.throws(() => decode(bytes), { code: 'ERR_CACHE_CORRUPT' })
  })

  it('names a class that is not registered, and what to do', () => {
    const bytes = graph([mark(INSTANCE), 'raise.spec Unknown', 0, 0])
    assert.throws(() => decode(bytes), {
      code: 'ERR_CACHE_UNDECODABLE',
      message: /raise\.spec Unknown.*registerClass\(raise\.spec Unknown\) first/,
    })
    assert.throws(() => decode(graph([mark(CUSTOM), 'raise.spec Unknown', 0])), {
      code: 'ERR_CACHE_UNDECODABLE',
    })
  })

  it('refuses bytes behind the last attachment, and before the first', () => {
    const bytes = encode(new Float64Array(1000))
    assert.throws(() => decode(Buffer.concat([bytes, new Uint8Array(8)])), { code: 'ERR_CACHE_CORRUPT' })
    const short = bytes.slice(0, -8)
    assert.throws(() => decode(short), { code: 'ERR_CACHE_CORRUPT' })
  })
})

import { readFileSync } from 'node:fs'

/** One value of every kind that can be kept, by what it shows. Made anew at each call. */
export function keepableValues(): Record<string, unknown> {
  const shared = { shared: true }
  const circle: Record<string, unknown> = { name: 'circle' }
  circle.self = circle
  const ring: unknown[] = []
  ring.push(ring, { ring })
  const selfMap = new Map<unknown, unknown>()
  selfMap.set('self', selfMap).set(selfMap, 'key')
  const selfSet = new Set<unknown>()
  selfSet.add(selfSet).add('more')
  const mutual = { a: new Map<string, unknown>(), b: new Set<unknown>() }
  mutual.a.set('b', mutual.b)
  mutual.b.add(mutual.a)
  const buffer = new ArrayBuffer(32)
  new Uint8Array(buffer).set([1, 2, 3, 4, 5, 6, 7, 8])
  const large = new ArrayBuffer(10_000)
  new Uint8Array(large).fill(7)
  const sticky = /b+/dgimsuy
  sticky.lastIndex = 3
  const circularError = new Error('circular')
  circularError.cause = { circularError }
  return {
    undefined: undefined,
    null: null,
    'undefined in places': { a: undefined, b: [undefined], c: new Map([[undefined, undefined]]) },
    'undefined first': [undefined, 1],
    'booleans, numbers': [true, false, 0, 1, -1, 127, 128, 255, 256, -32, -33, -128, -129, 65535, 65536],
    'large numbers': [
      2 ** 31,
      2 ** 32,
      2 ** 53,
      2 ** 53 - 1,
      -(2 ** 53),
      2 ** 63,
      2 ** 64,
      1e300,
      5e-324,
      0.1,
    ],
    'negative large numbers': [-(2 ** 31), -(2 ** 32), -(2 ** 33) - 1, -(2 ** 63), Number.MIN_SAFE_INTEGER],
    '-0': -0,
    '-0 in places': [-0, { a: -0 }, new Set([0]), new Map([['a', -0]])],
    NaN: Number.NaN,
    infinities: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    bigints: [0n, 1n, -1n, 255n, -256n, 2n ** 63n, -(2n ** 64n), 7n ** 1000n, -(10n ** 400n)],
    strings: ['', 'a', 'é', '漢字', '👩‍👩‍👧', '\0', 'x'.repeat(70_000), '漢'.repeat(300)],
    'lone surrogates': ['\ud800', 'a\udc00b', '\udfff\ud800', `${'x'.repeat(300)}\ud83d`],
    'a byte order mark': ['\ufeff', `\ufeff${'x'.repeat(300)}`, `x\ufeff${'x'.repeat(300)}`],
    'a byte order mark in a key': { [`\ufeff${'x'.repeat(300)}`]: 1, '\ud800': 2, b: 3 },
    'key order': { z: 1, a: 2, 10: 3, 9: 4, '-1': 5, '': 6 },
    'own __proto__': JSON.parse('{"a":1,"__proto__":{"polluted":true},"b":[{"__proto__":null}]}'),
    'null prototype': Object.assign(Object.create(null), {
      a: 1,
      toString: 'x',
      nested: Object.create(null),
    }),
    'null prototype with __proto__': Object.defineProperty(Object.create(null), '__proto__', {
      value: 1,
      enumerable: true,
      writable: true,
      configurable: true,
    }),
    'keys like methods': { constructor: 1, hasOwnProperty: 2, toJSON: 3, valueOf: 4 },
    // biome-ignore lint/suspicious/noSparseArray: holes are the point
    holes: [[1, , 3], [, 1], [1, ,], new Array(5), new Array(3_000_000), [, undefined]],
    'longest array': sparse(2 ** 32 - 1, [2 ** 32 - 2, 'last'], [7, { a: 1 }]),
    'extra properties on arrays': [
      Object.assign([1, 2], { extra: { a: 1 }, '-1': 2, '01': 3, 4294967295: 4 }),
    ],
    'a long array with an extra property': Object.assign(new Array(500).fill(1), { extra: 1 }),
    'a match': /(?<year>\d+)-(\d+)/.exec('on 2024-05'),
    'long arrays': [Array.from({ length: 70_000 }, (_, i) => i), new Array(200).fill(undefined)],
    dates: [new Date(0), new Date(1.7e12), new Date(-8.64e15), new Date(Number.NaN)],
    regexps: [/a/, /[/]\n/gu, sticky, /(?:)/, /\ud800/],
    maps: new Map<unknown, unknown>([
      ['b', 1],
      ['a', new Map([[{ key: true }, [1]]])],
      [Number.NaN, Number.NaN],
      [1n, shared],
      [shared, 1n],
    ]),
    sets: new Set<unknown>([3, 1, '2', new Set([[1]]), null, undefined, shared]),
    'a map in itself': selfMap,
    'a set in itself': selfSet,
    'a map and a set in each other': mutual,
    'array buffers': [new ArrayBuffer(0), buffer, large],
    'views that share': [
      new Uint8Array(buffer, 1, 5),
      new Float64Array(buffer, 8, 2),
      new DataView(buffer, 2),
    ],
    'views that share a large buffer': { b: new Int16Array(large, 2), large, a: new Uint8Array(large, 1, 3) },
    'typed arrays': [
      new Int8Array([-1, 2]),
      new Uint8Array([1, 255]),
      new Uint8ClampedArray([300, 1]),
      new Int16Array([-300]),
      new Uint16Array([65535]),
      new Int32Array([-70_000]),
      new Uint32Array([2 ** 32 - 1]),
      new Float32Array([0.5, Number.NaN]),
      new Float64Array([0.1, -0, Number.NaN]),
      new BigInt64Array([-1n]),
      new BigUint64Array([2n ** 64n - 1n]),
      new Float64Array(0),
    ],
    'large typed arrays': [
      new Uint8Array(5001).fill(1),
      new Float64Array(1000).fill(0.5),
      new Float32Array(1025).fill(2),
      new BigInt64Array(700).fill(-3n),
      new DataView(new ArrayBuffer(4097)),
      Buffer.alloc(4099, 'x'),
    ],
    buffers: [Buffer.from('hi'), Buffer.alloc(0), Buffer.alloc(9000, 'y'), Buffer.from('pool').subarray(1)],
    'boxed primitives': [
      Object('text'),
      Object('\ud800'),
      Object(-0),
      Object(1),
      Object(true),
      Object(-5n),
      Object(''),
    ],
    errors: [
      new Error('plain'),
      new Error(),
      new Error('with cause', { cause: { a: [1] } }),
      new Error('undefined cause', { cause: undefined }),
      new EvalError('e'),
      new RangeError('r'),
      new ReferenceError('f'),
      new SyntaxError('s'),
      new TypeError('t'),
      new URIError('u'),
      new AggregateError([new Error('one'), 2], 'many', { cause: 3 }),
      Object.assign(new Error('named'), { name: 'MyError', code: 'E_MINE', data: new Map([[1, shared]]) }),
      Object.defineProperty(new TypeError('hidden name'), 'name', { value: 'Hidden', configurable: true }),
      withoutStack(new Error('no stack')),
      assignedMessage(),
    ],
    'an error in its own cause': circularError,
    'an error of the file system': thrownBy(() => readFileSync('/nonexistent/file')),
    'an error of JSON': thrownBy(() => JSON.parse('{')),
    'an error of URL': thrownBy(() => new URL('no url')),
    'dom exceptions': [
      new DOMException('m', 'AbortError'),
      new DOMException(),
      new DOMException('m', 'Mine'),
    ],
    'an abort reason': AbortSignal.abort().reason,
    urls: [new URL('https://user:pw@example.org:8080/a%20b?q=1&q=2#f'), new URL('file:///tmp/x')],
    'search params': [
      new URLSearchParams('a=1&a=2&b=%20+x'),
      new URLSearchParams(),
      new URLSearchParams([['', '']]),
    ],
    'the same object twice': [shared, shared, { shared }],
    'the same of each kind twice': ['date', /r/, new Map(), new Set(), new Error('e'), Object(1), []].flatMap(
      x => [x, x],
    ),
    circle,
    ring,
    'a circle of two': (() => {
      const [a, b]: Record<string, unknown>[] = [{}, {}]
      Object.assign(a as object, { b })
      Object.assign(b as object, { a })
      return a
    })(),
    'a diamond': (() => {
      const bottom = [1]
      return { left: { bottom }, right: { bottom } }
    })(),
    frozen: Object.freeze({ a: Object.freeze([1]) }),
  }
}

function sparse(length: number, ...elements: [number, unknown][]): unknown[] {
  const array: unknown[] = []
  array.length = length
  for (const [index, value] of elements) array[index] = value
  return array
}

function withoutStack(error: Error): Error {
  Reflect.deleteProperty(error, 'stack')
  return error
}

function assignedMessage(): Error {
  const error = new Error()
  error.message = 'assigned, so enumerable'
  return error
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

/** `depth` objects, each made by `wrap` around the one before. */
export function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'innermost'
  for (let level = 0; level < depth; level++) value = wrap(value)
  return value
}

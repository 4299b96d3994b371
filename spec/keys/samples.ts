/** Values that no two of which may share a key, and groups of values that must. */

export function array(length: number, elements: Record<number | string, unknown>): unknown[] {
  return Object.assign(new Array(length), elements)
}

class Point {
  x: number
  y: number
  constructor(x: number, y: number) {
    this.x = x
    this.y = y
  }
}
class Other {
  x: number
  y: number
  constructor(x: number, y: number) {
    this.x = x
    this.y = y
  }
}
class Point3 extends Point {}
class Registry extends Map<unknown, unknown> {
  label = 'r'
}
class Wrong extends Error {
  detail = 1
}
class Secret {
  #value: unknown
  constructor(value: unknown) {
    this.#value = value
  }
  get value(): unknown {
    return this.#value
  }
}
class Static {
  static limit = 1
  own = 1
}

export { Other, Point, Registry, Secret, Static }

const withProperties = <T extends object>(value: T, properties: object): T => Object.assign(value, properties)
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

/** Each differs from each other one. */
export const DIFFERENT: readonly (readonly [name: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['false', false],
  ['0', 0],
  ['-0', -0],
  ['1', 1],
  ['1n', 1n],
  ['-1n', -1n],
  ['0n', 0n],
  ["'1'", '1'],
  ["'1n'", '1n'],
  ['1.5', 1.5],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['2 ** 53', 2 ** 53],
  ['2n ** 53n', 2n ** 53n],
  ['2n ** 64n', 2n ** 64n],
  ["''", ''],
  ["'NaN'", 'NaN'],
  ["'null'", 'null'],
  ["'é' composed", '\u00e9'],
  ["'é' decomposed", 'e\u0301'],
  ['a lone surrogate', '\ud800'],
  ['another lone surrogate', '\ud801'],
  ['the replacement character', '\ufffd'],
  ['a lone surrogate and text', 'a\ud800'],
  ['an emoji', '😀'],
  ['a long string', 'x'.repeat(5000)],
  ['a longer string', 'x'.repeat(5001)],
  ['a long ill-formed string', `${'x'.repeat(5000)}\ud800`],
  ['a long string with a replacement character', `${'x'.repeat(5000)}\ufffd`],
  ['a registered symbol', Symbol.for('a')],
  ['another registered symbol', Symbol.for('b')],
  ['a well-known symbol', Symbol.iterator],
  ['a registered symbol with the name of a well-known one', Symbol.for('Symbol.iterator')],
  ["'a'", 'a'],
  ['{}', {}],
  ['null prototype', Object.create(null)],
  ['[]', []],
  ['[undefined]', [undefined]],
  ['[null]', [null]],
  ['[hole]', new Array(1)],
  ['[hole, hole]', new Array(2)],
  ['[hole, 1]', array(2, { 1: 1 })],
  ['[1, hole]', array(2, { 0: 1 })],
  ['[1]', [1]],
  ["['1']", ['1']],
  ['[[1]]', [[1]]],
  ['[[]]', [[]]],
  ['[[], []]', [[], []]],
  ['[[[]]]', [[[]]]],
  ['[1, 2, 3]', [1, 2, 3]],
  ['[3, 2, 1]', [3, 2, 1]],
  ['[1, [2, 3]]', [1, [2, 3]]],
  ['[[1, 2], 3]', [[1, 2], 3]],
  ["['a', 'bc']", ['a', 'bc']],
  ["['ab', 'c']", ['ab', 'c']],
  ['[1] with a property', withProperties([1], { a: 1 })],
  ['[1] with another property', withProperties([1], { a: 2 })],
  ['{ 0: 1 }', { 0: 1 }],
  ['{ 0: 1, length: 1 }', { 0: 1, length: 1 }],
  ['{ a: undefined }', { a: undefined }],
  ['{ a: null }', { a: null }],
  ['{ a: 1 }', { a: 1 }],
  ["{ a: '1' }", { a: '1' }],
  ['{ b: 1 }', { b: 1 }],
  ['{ a: 1, b: 2 }', { a: 1, b: 2 }],
  ['{ a: 2, b: 1 }', { a: 2, b: 1 }],
  ['{ a: { b: 1 } }', { a: { b: 1 } }],
  ['{ a: {}, b: 1 }', { a: {}, b: 1 }],
  ['null prototype { a: 1 }', Object.assign(Object.create(null), { a: 1 })],
  ['{ [Symbol.for(a)]: 1 }', { [Symbol.for('a')]: 1 }],
  ['{ own __proto__: 1 }', JSON.parse('{"__proto__":1}')],
  ['an empty Map', new Map()],
  ['Map a => 1', new Map([['a', 1]])],
  ['Map 1 => a', new Map([[1, 'a']])],
  ['Map a => 1, b => 2', new Map(Object.entries({ a: 1, b: 2 }))],
  ['Map a => 2, b => 1', new Map(Object.entries({ a: 2, b: 1 }))],
  ['Map {} => 1', new Map([[{}, 1]])],
  ['Map {} => 1, {} => 1', new Map([[{}, 1], [{}, 1]])], // biome-ignore format: one line each
  ['Map with a property', withProperties(new Map(), { a: 1 })],
  ['entries of a Map', [['a', 1]]],
  ['an empty Set', new Set()],
  ['Set a', new Set(['a'])],
  ['Set a, 1', new Set(['a', 1])],
  ['Set [a, 1]', new Set([['a', 1]])],
  ['Set {}', new Set([{}])],
  ['Set {}, {}', new Set([{}, {}])],
  ['the epoch', new Date(0)],
  ['a millisecond later', new Date(1)],
  ['an invalid Date', new Date(Number.NaN)],
  ['a Date with a property', withProperties(new Date(0), { a: 1 })],
  ['/a/', /a/],
  ['/a/g', /a/g],
  ['/a/g moved on', withProperties(/a/g, { lastIndex: 1 })],
  ['/b/', /b/],
  ["'/a/'", '/a/'],
  ['Object(1)', Object(1)],
  ["Object('1')", Object('1')],
  ["Object('1') with a property", withProperties(Object('1'), { a: 1 })],
  ['Object(1n)', Object(1n)],
  ['Object(true)', Object(true)],
  ['Object(Symbol.for(a))', Object(Symbol.for('a'))],
  ['Error a', new Error('a')],
  ['Error b', new Error('b')],
  ['TypeError a', new TypeError('a')],
  ['Error a, renamed', withProperties(new Error('a'), { name: 'TypeError' })],
  ['Error a with a cause', new Error('a', { cause: 1 })],
  ['Error a with an undefined cause', new Error('a', { cause: undefined })],
  ['Error a with a code', withProperties(new Error('a'), { code: 'E' })],
  ['AggregateError', new AggregateError([new Error('a')], 'a')],
  ['an instance of a class of Error', new Wrong('a')],
  ['ArrayBuffer', bytes(1, 2).buffer],
  ['SharedArrayBuffer', new SharedArrayBuffer(2)],
  ['ArrayBuffer of zeros', new ArrayBuffer(2)],
  ['DataView', new DataView(bytes(1, 2).buffer)],
  ['Uint8Array', bytes(1, 2)],
  ['Uint8Array with a property', withProperties(bytes(1, 2), { a: 1 })],
  ['Buffer', Buffer.from([1, 2])],
  ['Int8Array', Int8Array.of(1, 2)],
  ['Uint8ClampedArray', Uint8ClampedArray.of(1, 2)],
  ['Uint16Array of the same bytes', new Uint16Array(bytes(1, 2).buffer)],
  ['Float64Array 0', Float64Array.of(0)],
  ['Float64Array -0', Float64Array.of(-0)],
  ['BigInt64Array 0', BigInt64Array.of(0n)],
  ['an empty Uint8Array', bytes()],
  ['a long Uint8Array', new Uint8Array(5000)],
  ['a longer Uint8Array', new Uint8Array(5001)],
  ['URL', new URL('http://a/b')],
  ['URL with a hash', new URL('http://a/b#c')],
  ['the href of a URL', 'http://a/b'],
  ['URLSearchParams', new URLSearchParams('a=1&b=2')],
  ['URLSearchParams in another order', new URLSearchParams('b=2&a=1')],
  ['URLSearchParams a=1', new URLSearchParams('a=1')],
  ['empty URLSearchParams', new URLSearchParams()],
  ['a function', () => 1],
  ['another function', () => 2],
  ['a function with a property', Object.assign(() => 1, { a: 1 })],
  ['an async function', async () => 1],
  ['Math.max', Math.max],
  ['Math.min', Math.min],
  ['Math', Math],
  ['JSON', JSON],
  ['Array.prototype.push', Array.prototype.push],
  ['Object.prototype', Object.prototype],
  ['a class', Point],
  ['a class that extends it', Point3],
  ['a class with a static field', Static],
  ['Point 1 2', new Point(1, 2)],
  ['Point 2 1', new Point(2, 1)],
  ['Point3 1 2', new Point3(1, 2)],
  ['Other 1 2', new Other(1, 2)],
  ['{ x: 1, y: 2 }', { x: 1, y: 2 }],
  ['Object.create({ x: 1 })', Object.create({ x: 1 })],
  ['Object.create({ x: 2 })', Object.create({ x: 2 })],
  ['Object.create(Map.prototype)', Object.create(Map.prototype)],
  ['an instance of a class of Map', new Registry()],
  ['an instance of a class of Map with entries', new Registry([['a', 1]])],
  ['Secret 1', new Secret(1)],
  ["Secret '1'", new Secret('1')],
  ['Secret {}', new Secret({})],
  ['Secret undefined', new Secret(undefined)],
  ['an instance of a class of Uint8Array', new (class Bytes extends Uint8Array {})([1, 2])],
  ['an instance of a class of Array', Reflect.construct(class List extends Array {}, [1, 2, 3])],
]

const shared = { s: 1 }
const bigMap = (keys: readonly number[]): Map<number, string> => new Map(keys.map(key => [key, `v${key}`]))
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const otherNaN = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer)[0]
const poolBuffer = Buffer.from([9, 1, 2, 9]).subarray(1, 3)

/** The members of each group are equal. */
export const EQUAL: readonly (readonly [name: string, ...values: unknown[]])[] = [
  ['properties in any order', { a: 1, b: 2, 10: 3, 9: 4 }, { 9: 4, b: 2, 10: 3, a: 1 }],
  [
    'Map entries in any order',
    new Map(Object.entries({ a: 1, b: 2 })),
    new Map(Object.entries({ b: 2, a: 1 })),
  ],
  ['Set values in any order', new Set([1, 'a', { x: 1 }]), new Set([{ x: 1 }, 1, 'a'])],
  ['large Maps in any order', bigMap(upTo(2000)), bigMap(upTo(2000).reverse())],
  ['Maps of Maps in any order', new Map([[bigMap([1, 2]), 1], [bigMap([3]), 2]]), new Map([[bigMap([3]), 2], [bigMap([2, 1]), 1]])], // biome-ignore format: one line each
  [
    'symbols in any order',
    { [Symbol.for('a')]: 1, [Symbol.iterator]: 2 },
    { [Symbol.iterator]: 2, [Symbol.for('a')]: 1 },
  ],
  ['NaN of any payload', Number.NaN, otherNaN, 0 / 0],
  ['invalid Dates', new Date(Number.NaN), new Date('nonsense')],
  ['shared and copied objects', [shared, shared], [{ s: 1 }, { s: 1 }]],
  ['shared three times', [shared, shared, shared, shared], upTo(4).map(() => ({ s: 1 }))],
  ['an array made of holes and one without', Object.assign(new Array(2), [1, 2]), [1, 2]],
  ['views of other offsets', new Uint8Array([9, 1, 2]).subarray(1), Uint8Array.of(1, 2)],
  ['Buffers of a pool', poolBuffer, Buffer.from(Uint8Array.of(1, 2))],
  ['long views of other offsets', new Float64Array(2000).subarray(1000), new Float64Array(1000)],
  ['DataViews of other offsets', new DataView(new ArrayBuffer(8), 4, 2), new DataView(new ArrayBuffer(2))],
  ['URLs that are written differently', new URL('HTTP://a:80/b'), new URL('http://a/b')],
  ['URLSearchParams of one content', new URLSearchParams('a=1&b=2'), new URLSearchParams([['a', '1'], ['b', '2']])], // biome-ignore format: one line
  ['errors of other places', new Error('a'), Object.assign(new Error('a'), { stack: 'elsewhere' })],
  [
    'errors with an enumerable stack',
    new Error('a'),
    Object.defineProperty(new Error('a'), 'stack', { value: 'elsewhere', enumerable: true }),
  ],
  [
    'a registered symbol beside the well-known one of its name',
    { [Symbol.for('Symbol.iterator')]: 1, [Symbol.iterator]: 2 },
    { [Symbol.iterator]: 2, [Symbol.for('Symbol.iterator')]: 1 },
  ],
  ['functions of one text', ...upTo(2).map(() => (a: number) => a + 1)],
  ['instances of one class', new Point(1, 2), Object.assign(Object.create(Point.prototype), { y: 2, x: 1 })],
  ['private fields of one content', new Secret({ a: [1] }), new Secret({ a: [1] })],
  [
    'instances of one class text',
    ...upTo(2).map(
      () =>
        new (class Same {
          n = 1
        })(),
    ),
  ],
]

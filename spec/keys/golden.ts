import { pathToFileURL } from 'node:url'
import { digest } from '../../lib/keys/canonical.ts'

/** Made at run time, so that no compiler changes their text. */
const run = (source: string): unknown => new Function(`return ${source}`)()
const loop: Record<string, unknown> = { name: 'loop' }
loop.self = loop

/** Digests that must never change while FORMAT is the same: keys are kept for years. */
export const GOLDEN: readonly (readonly [name: string, value: unknown, digest: string])[] = [
  ['nothing', undefined, '9dcf97a184f32623d11a73124ceb99a5709b083721e878a16d78f596718ba7b2'],
  ['a number', 1, '521dae1ae45049b3883ed50960292b30aba2b0911248ae7c11c1623b3f13ff2e'],
  [
    'D5',
    { a: '1', b: 2, c: Buffer.from('3') },
    '4f5d53a2135024aa6de204c18970d42b34b2ac03d32b1ef48280e48ab34589ed',
  ],
  ['D6', Buffer.from('output'), '56e942d731410dddc0c4ec778d119164ee96ecdebc70b99c9d1b75f01cf339e2'],
  [
    'C6',
    { x: 1, y: 33, o1: 'foo', o2: { foo: 1222 } },
    '2edbed4d8c051f16dd1d6997649c23cf066ee4d68e995d392d82f887e9b451b8',
  ],
  [
    'atoms',
    [
      null,
      true,
      false,
      -0,
      Number.NaN,
      12345678901234567890n,
      -1n,
      'é',
      '\ud800',
      Symbol.for('a'),
      Symbol.iterator,
    ],
    '5058e7315c01508a306a92768c009353bcb8ac91c965fd3724a9aee4514a00f7',
  ],
  ['collections', [new Map<unknown, unknown>([['a', 1], [2, 'b']]), new Set([3, 'c'])], '721f526ce5a0bca406fcb5f5571c92d2c9818288b63f5de26fb1abd77e7d4847'], // biome-ignore format: one line each
  [
    'an array with holes',
    Object.assign(new Array(5), { 3: 1 }),
    'ebd43dc7225d1b732d61409db8fc8e13af5f7d959ed8865e7254c48461dc3634',
  ],
  [
    'kinds',
    [
      new Date(86_400_000),
      /a+/gi,
      Object(1),
      new TypeError('t', { cause: 1 }),
      new URL('http://a/?b#c'),
      new URLSearchParams('b=2&a=1'),
    ],
    'a931bdd35b232f707072a5c9f490c016ab3d044f694e5d7736b06848ad3c942e',
  ],
  [
    'bytes',
    [Uint8Array.of(1, 2, 3), Float64Array.of(1, -0), new ArrayBuffer(3), new DataView(new ArrayBuffer(1))],
    'fa3381497f6ca9f0e461483f07d721e41fdc0b4450abe4b0d32fcde5bee7e1e9',
  ],
  [
    'long bytes',
    new Float64Array(10_000),
    '545480732baf64e3c62a7e9bdf72c8ad2f39c0a9379be8664b01a21b1a327a7a',
  ],
  [
    'a long string',
    'long'.repeat(10_000),
    '7156ff5fa31810f86a2fef44514da2ce83909926ce2533ff13dc99953883fe68',
  ],
  [
    'a large object',
    Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i])),
    'b75dcdbb121572ac5c772cc7f7c12fd26bf501c1191d758ee8eafcbad7bcd8d7',
  ],
  [
    'A10',
    [run('(a, b) => a + b'), run('async function f(x) { return x }'), Math.max],
    '49faa058b305d5586c0efad79a8e01759ecc0faad3d08c06f38d2d5e841962ba',
  ],
  [
    'an instance',
    run('new (class Point { x = 1; y = 2 })()'),
    'e801619d91284e4c000930e7204c70c8ef5b4526a1dcda9f2e193e655037a3ec',
  ],
  [
    'an instance with private fields',
    run('new (class Secret { #x = { y: 1 }; z = 2 })()'),
    '704e68a470a2c698774ce2593c7c92622d70c8613b7e6b057cc7fe9eccba48ed',
  ],
  [
    'what the runtime keeps the state of',
    [
      new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }),
      new Intl.DateTimeFormat('de', { timeZone: 'UTC', dateStyle: 'short' }),
      new Intl.PluralRules('en'),
      new Intl.Locale('en-GB'),
      new TextDecoder('utf-16le', { fatal: true }),
      new Headers({ B: '2', a: '1' }),
    ],
    '5b7b6886f10cf9d5f7b9c40d8d87bb440662fe2b96494349e3a5076ad9b0d331',
  ],
  ['a cycle', loop, 'cf612a9f1ecec1a320c61cfd1a883222bd1505ed6e0cf955664bf0e7e08447a5'],
  [
    'a cycle in a Set',
    run('(() => { const s = new Set(["a"]); s.add(s); return s })()'),
    '7925966f0d584760f90d8e8114168e934b25c281006091d1a9e87a20ce0f932b',
  ],
]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(JSON.stringify(GOLDEN.map(([, value]) => digest(value))))
}

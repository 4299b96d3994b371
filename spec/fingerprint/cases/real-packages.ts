import { type Case, changes, keeps } from './case.ts'

const lodash = (text: string) => `import _ from 'lodash'\n${text}`
const zod = (schema: string) =>
  `import * as z from 'zod'\nconst schema = ${schema}\nexport const main = value => schema.parse(value)`

/** The cases of PACKAGES, and more of the kind, with packages that people use. */
export const REAL_PACKAGES: readonly Case[] = [
  changes(
    54,
    'lodash, partial',
    lodash('const help = _.partial((a, b) => a + b, 1)\nexport const main = a => help(a)'),
    ['a + b', 'a - b'],
  ),
  changes(
    54,
    'lodash, the argument of partial',
    lodash('const help = _.partial((a, b) => a + b, 1)\nexport const main = a => help(a)'),
    [', 1)', ', 2)'],
  ),
  changes(
    54,
    'lodash, memoize',
    lodash('const help = _.memoize(a => a + 1)\nexport const main = a => help(a)'),
    ['a + 1', 'a + 2'],
  ),
  changes(
    54,
    'lodash, flow',
    lodash('const help = _.flow([a => a + 1, a => a * 3])\nexport const main = a => help(a)'),
    ['a * 3', 'a * 4'],
  ),
  changes(
    54,
    'lodash, curry',
    lodash('const help = _.curry((a, b) => a + b)\nexport const main = a => help(a)(1)'),
    ['a + b', 'a - b'],
  ),
  changes(
    54,
    'lodash, throttle',
    lodash('const help = _.throttle(a => a + 1, 10)\nexport const main = a => help(a)'),
    ['a + 1', 'a + 2'],
  ),
  changes(106, 'lodash, another function', lodash('export const main = a => _.map(a, b => b)'), [
    '_.map',
    '_.filter',
  ]),
  changes(106, 'lodash, what is given to it', lodash('export const main = a => _.map(a, b => b + 1)'), [
    'b + 1',
    'b + 2',
  ]),
  changes(108, 'zod, min', zod('z.number().min(2)'), ['min(2)', 'min(3)']),
  changes(108, 'zod, min in an object', zod('z.object({ a: z.number().min(2) })'), ['min(2)', 'min(3)']),
  changes(108, 'zod, min in a union in an array', zod('z.array(z.union([z.string(), z.number().min(2)]))'), [
    'min(2)',
    'min(3)',
  ]),
  changes(108, 'zod, a regular expression', zod('z.string().regex(/a/)'), ['/a/', '/b/']),
  changes(108, 'zod, an enum', zod("z.enum(['a', 'b'])"), ["'b'", "'c'"]),
  changes(108, 'zod, a literal', zod("z.literal('a')"), ["'a'", "'b'"]),
  changes(108, 'zod, a default', zod('z.number().default(1)'), ['1', '2']),
  changes(108, 'zod, the name of a property', zod('z.object({ a: z.number() })'), ['a:', 'b:']),
  changes(108, 'zod, another type', zod('z.object({ a: z.number() })'), ['z.number', 'z.string']),
  changes(108, 'zod, optional', zod('z.object({ a: z.number() })'), ['z.number()', 'z.number().optional()']),
  changes(109, 'zod, transform', zod('z.number().transform(n => n + 1)'), ['n + 1', 'n + 2']),
  changes(109, 'zod, refine', zod('z.number().refine(n => n > 1)'), ['n > 1', 'n > 2']),
  changes(109, 'zod, a function in a lazy schema', zod('z.lazy(() => z.number().transform(n => n + 1))'), [
    'n + 1',
    'n + 2',
  ]),
  keeps(108, 'zod, the same', zod('z.object({ a: z.number().min(2) })'), ['min(2)', 'min(1 + 1)']),
]

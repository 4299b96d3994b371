import type { Files } from '../../support/program-files.ts'
import { changes, installed, keeps, misses } from './case.ts'
import { SCHEMAS } from './schemas.ts'

const USE = "import { scale } from 'measure'\nexport const main = a => scale(a)"

function measure(version: string, text = 'export const scale = a => a + 1'): Files {
  return { 'main.mjs': USE, ...installed('measure', version, { 'index.mjs': text }) }
}

const zodLike = (schema: string): Files => ({
  ...SCHEMAS,
  'main.mjs': `import * as s from 'schemas'\nconst schema = ${schema}\nexport const main = value => schema.parse(value)`,
})

/** Cases 106 to 109: code of others. */
export const PACKAGES = [
  changes(106, 'another version', measure('1.0.0'), measure('1.0.1')),
  changes(106, 'another version, of a package in a scope', scoped('1.0.0'), scoped('1.0.1')),
  changes(106, 'another version, of a package within a package', nested('1.0.0'), nested('1.0.1')),
  keeps(106, 'another version of a package that is not reached', unused('1.0.0'), unused('1.0.1')),
  misses(107, 'patched in its place', measure('1.0.0'), ['a + 1', 'a + 2']),
  changes(108, 'what a schema holds', zodLike('s.number().min(2)'), ['min(2)', 'min(3)']),
  changes(108, 'what a schema within a schema holds', zodLike('s.object({ a: s.number().min(2) })'), [
    'min(2)',
    'min(3)',
  ]),
  changes(108, 'the name of a property in a schema', zodLike('s.object({ a: s.number() })'), ['a:', 'b:']),
  keeps(108, 'the same schema', zodLike('s.number().min(2)'), ['min(2)', 'min(1 + 1)']),
  changes(109, 'a function that a schema holds', zodLike('s.number().transform(n => n + 1)'), [
    'n + 1',
    'n + 2',
  ]),
]

function scoped(version: string): Files {
  return {
    'main.mjs': "import { scale } from '@units/measure'\nexport const main = a => scale(a)",
    ...installed('@units/measure', version, { 'index.mjs': 'export const scale = a => a + 1' }),
  }
}

/** The function is one of a package that lies in the node_modules of another. */
function nested(version: string): Files {
  const inner = installed('measure', version, { 'index.mjs': 'export const scale = a => a + 1' })
  return {
    'main.mjs': "import { scale } from 'outer'\nexport const main = a => scale(a)",
    ...installed('outer', '1.0.0', { 'index.mjs': "export { scale } from 'measure'" }),
    ...Object.fromEntries(Object.entries(inner).map(([path, text]) => [`node_modules/outer/${path}`, text])),
  }
}

function unused(version: string): Files {
  return { ...measure(version), 'main.mjs': "import 'measure'\nexport const main = a => a" }
}

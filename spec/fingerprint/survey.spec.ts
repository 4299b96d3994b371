import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { Inspector } from '../../lib/base/inspector.ts'
import { Survey } from '../../lib/fingerprint/survey.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'
import { made } from '../support/fingerprint-of.ts'

const surveyOf = (program: string): Survey => {
  const survey = Inspector.with(inspector => Survey.of(made(program) as AnyFunction, inspector))
  assert.ok(survey !== undefined)
  return survey
}
const lodash = createRequire(import.meta.url)('lodash')
const paths = (program: string) => surveyOf(program).reached.map(({ path }) => path)

describe('A survey', () => {
  it('meets functions level by level, in the order of the text', () => {
    const program = 'const d = () => 4, c = () => d(), b = () => d(), a = () => [b(), c()]; return a'
    assert.deepEqual(paths(program), ['a', 'a > b', 'a > c', 'a > b > d'])
  })

  it('meets each function once, also round in circles', () => {
    assert.deepEqual(paths('const a = n => b(n), b = n => n && a(n - 1); return a'), ['a', 'a > b'])
  })

  it('meets functions in values after those that have names', () => {
    assert.deepEqual(paths('const t = { x: () => 1 }, b = () => 2, a = () => [t, b()]; return a'), [
      'a',
      'a > b',
      'a > t > x',
    ])
    const [, named, held] = surveyOf(
      'const t = { x: () => 1 }, b = () => 2, a = () => [t, b()]; return a',
    ).reached
    assert.deepEqual([named?.isNamed, held?.isNamed], [true, false])
  })

  it('gives captured values in the order of the functions', () => {
    const { slots } = surveyOf('const m = 2, n = 1, b = () => m, a = () => [b(), n]; return a')
    assert.deepEqual(
      slots.map(({ path, digest }) => `${path}=${digest}`),
      ['a > n=1', 'a > b > m=2'],
    )
  })

  it('leaves out what is changed anywhere, for all that reach it', () => {
    const { slots, findings } = surveyOf(
      'let n = 0; const read = () => n, bump = () => { n++ }; const a = () => [read(), bump()]; return a',
    )
    assert.deepEqual(slots, [])
    assert.deepEqual(
      [...findings.values()].map(({ kind, path }) => `${kind} ${path}`),
      ['writes a > read > n', 'writes a > bump > n'],
    )
  })

  it('ends where too much is reached', () => {
    const { reached, findings } = surveyOf(
      'const list = Array.from({ length: 10_500 }, (_, i) => () => i), a = () => list; return a',
    )
    assert.equal(reached.length, 10_000)
    assert.ok([...findings.values()].some(({ kind }) => kind === 'too-many'))
  })

  it('asks V8 only once for what lies inside a package and nothing of the user', () => {
    const inner = (n: number) => n + 1
    const asked = (fn: AnyFunction) => {
      const all: unknown[] = []
      Inspector.with(inspector => {
        const reading = Object.create(inspector, {
          read: {
            value(functions: readonly object[]) {
              all.push(...functions)
              return inspector.read(functions)
            },
          },
        })
        Survey.of(fn, reading)
      })
      return all
    }
    const partial = lodash.partial(inner, 1)
    const make = () => () => [lodash.chunk([1], 1), partial()]
    asked(make())
    const again = asked(make())
    assert.deepEqual(
      [again.includes(lodash), again.includes(partial), again.includes(inner)],
      [false, true, true],
    )
  })
})

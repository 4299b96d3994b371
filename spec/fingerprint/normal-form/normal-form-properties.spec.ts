import assert from 'node:assert/strict'
import { parse } from 'acorn'
import type { TransformOptions } from 'esbuild'
import fc from 'fast-check'
import { normalFormOf } from '../../../lib/fingerprint/normal-form/normal-form.ts'
import { libraryFunctions } from '../../support/library-functions.ts'
import { mutate, mutationsOf } from '../../support/mutations.ts'
import { normalText } from '../../support/normal-text.ts'
import { reprinted } from '../../support/reprinted.ts'
import { outcomeOf, renamedProgram } from '../../support/scope-programs.ts'

const PRINTERS: readonly TransformOptions[] = [
  {},
  { minifyWhitespace: true },
  { minifyIdentifiers: true },
  { minifyWhitespace: true, minifyIdentifiers: true },
  { keepNames: true },
  { keepNames: true, minifyWhitespace: true },
]

describe('The normal form of real functions', () => {
  // Methods stand by themselves only in the text of their class or object.
  const sources = libraryFunctions(
    'acorn/dist/acorn.js',
    'immer/dist/immer.mjs',
    'lmdb/read.js',
    'lmdb/write.js',
    'mocha/lib/runner.js',
    'lru-cache/dist/esm/index.js',
  ).filter(source => source.length < 20_000 && isExpression(source))
  const source = fc.integer({ min: 0, max: sources.length - 1 }).map(i => sources[i] ?? '')

  it('stays the same when they are printed in another way, and their locals renamed', () => {
    fc.assert(
      fc.property(source, fc.constantFrom(...PRINTERS), (source, printer) => {
        // Private names count: what they are called can be seen in `[[Scopes]]` and errors, and esbuild renames them.
        fc.pre(printer.minifyIdentifiers !== true || !/#\w/.test(source))
        assert.equal(normalText(reprinted(source, printer)), normalText(source))
      }),
      { numRuns: 400 },
    )
  })

  it('changes with every literal, operator and member', () => {
    fc.assert(
      fc.property(source, fc.nat(), (source, choice) => {
        const expression = `(${source}\n)`
        const mutations = mutationsOf(expression)
        const mutation = mutations[choice % mutations.length]
        if (mutation === undefined) return
        const mutant = mutate(expression, mutation).slice(1, -2)
        assert.notEqual(normalFormOf(mutant).kind, 'text')
        assert.notEqual(
          normalText(mutant),
          normalText(source),
          mutant.slice(mutation.start - 20, mutation.end + 20),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('is shared by none that are spelled differently in ways that matter', () => {
    const printed = new Map<string, string>()
    for (const source of sources) {
      const text = normalText(source)
      const print = reprinted(source, { minifyWhitespace: true, minifyIdentifiers: true })
      const known = printed.get(text)
      // Names of functions, which are not part of the text, are part of the print.
      if (known !== undefined) assert.equal(withoutNames(print), withoutNames(known))
      printed.set(text, print)
    }
    assert.ok(printed.size > 500)
  })
})

describe('The normal form of functions with few names', () => {
  for (const isStrict of [false, true]) {
    it(`is shared by those that do the same, ${isStrict ? 'strict' : 'sloppy'} ones`, () => {
      fc.assert(
        fc.property(renamedProgram(), ([program, renamed]) => {
          if (program === renamed || normalText(program) !== normalText(renamed)) return
          const outcome = outcomeOf(program, { isStrict })
          const other = outcomeOf(renamed, { isStrict })
          // A name may be reserved, or declared twice, in one of them.
          if (outcome !== undefined && other !== undefined) assert.equal(other, outcome)
        }),
        { numRuns: 1500 },
      )
    })
  }
})

function withoutNames(print: string): string {
  return print.replace(/\bfunction(\*?) ?[\w$]+\(/g, 'function$1(')
}

function isExpression(source: string): boolean {
  try {
    parse(`(${source}\n)`, { ecmaVersion: 'latest' })
    return true
  } catch {
    return false
  }
}

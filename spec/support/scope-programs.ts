import vm from 'node:vm'
import fc, { type Arbitrary } from 'fast-check'

/** Small functions with few names, declared and mentioned in as many ways as there are: most hide some name behind another. */
export function scopeProgram(): Arbitrary<string> {
  const name = fc.constantFrom('a', 'b', 'c')
  const { expression, statements } = fc.letrec<{ expression: string; statement: string; statements: string }>(
    tie => {
      const expression = tie('expression')
      const statements = tie('statements')
      return {
        expression: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          name,
          fc.constantFrom('1', 'arguments[0]', 'arguments.length'),
          name.map(n => `typeof ${n}`),
          fc.tuple(name, expression).map(([n, e]) => `(${n} = ${e})`),
          name.map(n => `${n}++`),
          expression.map(e => `(() => ${e})()`),
          fc.tuple(name, expression).map(([n, e]) => `(function ${n}() { return typeof ${n} + ${e} })()`),
          fc.tuple(name, expression, expression).map(([n, d, e]) => `((${n} = ${d}) => ${e})()`),
          fc
            .tuple(name, name, statements)
            .map(([n, m, body]) => `(({ x: ${n} = 2 }, ${m}) => { ${body} })({}, 3)`),
          fc.tuple(name, expression).map(([n, e]) => `(class ${n} { static x = [typeof ${n}, ${e}] }).x`),
          fc.tuple(name, name).map(([n, m]) => `[${n}, ${m}] = [4, 5]`),
        ),
        statement: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          expression.map(e => `log(${e});`),
          expression.map(e => `log(${e});`),
          fc
            .tuple(fc.constantFrom('var', 'let', 'const'), name, expression)
            .map(([kind, n, e]) => `${kind} ${n} = ${e};`),
          name.map(n => `var ${n};`),
          fc.tuple(name, name, statements).map(([n, p, body]) => `function ${n}(${p}) { ${body} }`),
          fc.tuple(name, expression).map(([n, e]) => `class ${n} { static { log(${e}) } }`),
          statements.map(body => `{ ${body} }`),
          fc.tuple(expression, statements).map(([e, body]) => `if (${e}) { ${body} }`),
          fc
            .tuple(name, expression, statements)
            .map(([n, e, body]) => `try { throw ${e} } catch (${n}) { ${body} }`),
          fc
            .tuple(fc.constantFrom('var', 'let', 'const'), name, expression, statements)
            .map(([kind, n, e, body]) => `for (${kind} ${n} of [${e}]) { ${body} }`),
          fc
            .tuple(name, name, statements)
            .map(([n, m, body]) => `for (let ${n} = 0, ${m} = 1; ${n} < 1; ${n}++) { ${body} }`),
          fc.tuple(expression, statements).map(([e, body]) => `switch (${e}) { default: ${body} }`),
          fc.tuple(name, statements).map(([n, body]) => `${n}: { ${body} break ${n} }`),
          name.map(n => `log(${n}());`),
        ),
        statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map(each => each.join(' ')),
      }
    },
  )
  return fc
    .tuple(
      fc.constantFrom('', 'a', 'b', 'c'),
      fc.constantFrom('', 'a', 'b', 'a, b', '{ a, x: b = a }'),
      statements,
      expression,
    )
    .map(([own, params, body, result]) => `function ${own}(${params}) { ${body} return ${result} }`)
}

/** A program, and the same with other names in some places. */
export function renamedProgram(): Arbitrary<readonly [program: string, renamed: string]> {
  const from = fc.constantFrom('a', 'b', 'c')
  const to = fc.constantFrom('a', 'b', 'c', 'd')
  const everywhere = fc.tuple(from, to).map(
    ([name, other]) =>
      (text: string) =>
        text.replace(WORD, word => (word === name ? other : word)),
  )
  const somewhere = fc.tuple(fc.nat(), to).map(
    ([choice, other]) =>
      (text: string) =>
        renameOne(text, choice, other),
  )
  return fc
    .tuple(scopeProgram(), fc.array(fc.oneof(everywhere, somewhere), { minLength: 1, maxLength: 4 }))
    .map(([program, renames]) => [program, renames.reduce((text, rename) => rename(text), program)])
}

const WORD = /\b[abc]\b/g

function renameOne(text: string, choice: number, other: string): string {
  const words = [...text.matchAll(WORD)]
  const word = words[choice % words.length]
  return word === undefined ? text : text.slice(0, word.index) + other + text.slice(word.index + 1)
}

/** What can be seen of a run of the program among three variables; undefined if it has no end, or does not parse. */
export function outcomeOf(program: string, { isStrict }: { readonly isStrict: boolean }): string | undefined {
  const seen: string[] = []
  const log = (value: unknown): void => {
    seen.push(shown(value))
    if (seen.length > 50) throw new RangeError('endless')
  }
  const context = vm.createContext({ log, shown, argument: { a: 6, x: 7 } })
  try {
    return [
      vm.runInContext(
        `${isStrict ? '"use strict";' : ''} (() => {
          let a = 10, b = 20, c = () => 30
          const run = ${program}
          let result
          try { result = 'gave ' + shown(run(argument, 8)) } catch (error) { result = 'threw ' + (error instanceof Error ? error.name : shown(error)) }
          return result + [a, b, c].map(shown)
        })()`,
        context,
        { timeout: 100 },
      ),
      ...seen,
    ].join()
  } catch {
    return undefined
  }
}

/** Functions look alike: their source is what is compared. */
function shown(value: unknown): string {
  if (typeof value === 'function') return 'function'
  if (typeof value === 'string') return value.replace(/(?:function|class|\().*/s, 'source')
  if (Array.isArray(value)) return `[${value.map(shown).join()}]`
  return typeof value === 'object' ? 'object' : String(value)
}

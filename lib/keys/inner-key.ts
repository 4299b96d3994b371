import { acorn } from '../base/acorn.ts'
import { isCacheError } from '../base/errors.ts'
import { freeNames } from './free-names.ts'
import { parameterSource } from './parameter-source.ts'
import { type Parameters, parametersOf } from './parameters.ts'
import type { AnyFunction } from './source.ts'

export type InnerKey = (this: unknown, ...args: unknown[]) => unknown

/**
 * The function that computes the key of a call. A function is used as it is, with the arguments and the `this` of the
 * call. A string is ONE JavaScript expression over the parameters of `fn` by their names (defaults and destructuring
 * apply) and `args`, all arguments as an array, in strict mode. It is code of the program, like `fn`: never take it
 * from a store or a user. A default value that mentions a variable of the user's module, which cannot be
 * reached from here, counts as `undefined`.
 * Throws a `TypeError` for what is not one expression and for unknown names, at once and not at the first call.
 */
export function compileInnerKey(innerKey: string | InnerKey, fn: AnyFunction): InnerKey {
  if (typeof innerKey === 'function') return innerKey
  if (typeof innerKey !== 'string')
    throw new TypeError(`innerKey is a ${typeof innerKey}. Give a function or an expression.`)
  const names = freeNames(parseExpression(innerKey))
  const parameters = parametersFor(fn, names)
  checkNames(innerKey, names, parameters)
  return build(innerKey, parameters)
}

function parseExpression(text: string): object {
  // Outside: that it is missing says nothing of the text.
  const parser = acorn()
  try {
    const options = { ecmaVersion: 'latest', sourceType: 'module', preserveParens: true } as const
    const expression = parser.parseExpressionAt(text, 0, options)
    const next = parser.tokenizer(text.slice(expression.end), options).getToken()
    if (next.type !== parser.tokTypes.eof)
      throw new SyntaxError(`there is more after ${text.slice(0, expression.end)}`)
    return expression
  } catch (error) {
    throw invalid(text, error instanceof Error ? error.message : String(error), error)
  }
}

function invalid(text: string, why: string, cause?: unknown): TypeError {
  return new TypeError(`innerKey ${JSON.stringify(text)} is not one JavaScript expression: ${why}.`, {
    cause,
  })
}

/** Parameters of `fn`; none if it is native and the expression needs none: `args` is always there. */
function parametersFor(fn: AnyFunction, names: ReadonlySet<string>): Parameters | undefined {
  try {
    return parametersOf(fn)
  } catch (error) {
    const needed = [...names].some(name => name !== 'args' && !(name in globalThis))
    if (needed || !isCacheError(error, 'ERR_CACHE_SOURCE')) throw error
    return undefined
  }
}

function checkNames(text: string, names: ReadonlySet<string>, parameters: Parameters | undefined): void {
  const own = localNames(parameters)
  for (const name of names) {
    if (own.includes(name) || name === 'args' || name in globalThis) continue
    throw new TypeError(
      `innerKey ${JSON.stringify(text)} mentions ${name}, which is neither a parameter of ` +
        `${parameters?.name || 'the function'} (${own.join(', ') || 'it has none'}), nor args, nor a global.`,
    )
  }
}

function localNames(parameters: Parameters | undefined): string[] {
  return (parameters?.places ?? []).filter(place => place.local).map(place => place.name)
}

function build(text: string, parameters: Parameters | undefined): InnerKey {
  const list = parameters === undefined ? '' : parameterSource(parameters)
  // A parameter that is called args itself is what the expression means.
  const args = localNames(parameters).includes('args') ? '' : 'const args = [...arguments]'
  const body = `'use strict'; return function (${list}) {\n${args}\nreturn (\n${text}\n)\n}`
  try {
    return new Function(body)() as InnerKey
  } catch (error) {
    if (error instanceof EvalError) {
      throw new TypeError(
        'innerKey is an expression, and this process does not compile strings. Give a function.',
        {
          cause: error,
        },
      )
    }
    throw invalid(text, error instanceof Error ? error.message : String(error), error)
  }
}

import { onceFor } from '../base/once-for.ts'
import { type AnyFunction, isNative, sourceOf } from './source.ts'

/**
 * `args` without trailing `undefined`s, where `fn` cannot tell them from arguments left out: `f(1, undefined)` is `f(1)`
 * for `function f(a, b = 2)`. Sound without a parser: a function whose source has neither a rest parameter (nor any
 * other `...`), nor `arguments`, nor `eval` sees its parameters only, and a parameter, with a default or without, is the
 * same for `undefined` and nothing. Functions without a source, such as `Math.max`, may see everything.
 */
export function trimArguments(fn: AnyFunction, args: readonly unknown[]): readonly unknown[] {
  let { length } = args
  while (length > 0 && args[length - 1] === undefined) length--
  return length === args.length || !isTrimmable(fn) ? args : args.slice(0, length)
}

const isTrimmable = onceFor(
  (fn: AnyFunction) => !isNative(fn) && !/\b(?:arguments|eval)\b|\.\.\./.test(sourceOf(fn)),
)

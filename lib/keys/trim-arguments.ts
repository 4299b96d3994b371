import { type AnyFunction, isNative, sourceOf } from './source.ts'

const trimmable = new WeakMap<AnyFunction, boolean>()

/**
 * `args` without trailing `undefined`s that `fn` cannot tell from arguments left out: `f(1, undefined)` is `f(1)` for
 * `function f(a, b)`. Sound without a parser: only positions below `fn.length` are dropped, which are parameters of
 * their own, and only if the source has neither a rest parameter (nor any `...`), nor `arguments`, nor `eval`.
 * Functions without a source, such as `Math.max`, may see everything.
 */
export function trimArguments(fn: AnyFunction, args: readonly unknown[]): readonly unknown[] {
  if (args.length === 0 || args[args.length - 1] !== undefined || args.length > fn.length) return args
  if (!isTrimmable(fn)) return args
  let length = args.length
  while (length > 0 && args[length - 1] === undefined) length--
  return args.slice(0, length)
}

function isTrimmable(fn: AnyFunction): boolean {
  let known = trimmable.get(fn)
  if (known === undefined) {
    known = !isNative(fn) && !/\b(?:arguments|eval)\b|\.\.\./.test(sourceOf(fn))
    trimmable.set(fn, known)
  }
  return known
}

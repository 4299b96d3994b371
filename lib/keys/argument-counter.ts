import { isCacheError } from '../base/errors.ts'
import { type Parameters, parametersOf } from './parameters.ts'
import { seenArguments } from './seen-arguments.ts'
import { simpleParameterCount } from './simple-parameters.ts'
import { type AnyFunction, isNative, sourceOf } from './source.ts'

/** Gives the arguments of a call as they count for its key. */
export type ArgumentCounter = (args: readonly unknown[]) => readonly unknown[]

/**
 * How the arguments of `fn` count: as what it gets to see of them, but for the parameters and destructured properties
 * that `ignore` names. Calls that mean the same count the same; where that cannot be told, everything counts. A function
 * is parsed once, at its first call, and not if it has plain parameters only. With `ignore` it is parsed at once: a name that it
 * does not have is a `TypeError`, and a source that cannot be parsed ERR_CACHE_SOURCE.
 */
export function argumentCounter(fn: AnyFunction, ignore: readonly string[] = []): ArgumentCounter {
  if (ignore.length > 0) return seenArguments(parametersOf(fn), ignore)
  let count: ArgumentCounter | undefined
  return args => {
    count ??= counterOf(fn)
    return count(args)
  }
}

function counterOf(fn: AnyFunction): ArgumentCounter {
  // Functions without a source, such as `Math.max`, may see everything.
  if (isNative(fn)) return all
  const count = simpleParameterCount(sourceOf(fn))
  if (count !== undefined) return args => firstOf(args, count)
  const parameters = knownParameters(fn)
  return parameters === undefined ? all : seenArguments(parameters, [])
}

function all(args: readonly unknown[]): readonly unknown[] {
  return args
}

/** A parameter is the same for `undefined` and nothing. */
function firstOf(args: readonly unknown[], count: number): readonly unknown[] {
  let length = Math.min(args.length, count)
  while (length > 0 && args[length - 1] === undefined) length--
  return length === args.length ? args : args.slice(0, length)
}

/** The parameters, where the source of `fn` tells them. */
function knownParameters(fn: AnyFunction): Parameters | undefined {
  try {
    return parametersOf(fn)
  } catch (error) {
    if (isCacheError(error, 'ERR_CACHE_SOURCE')) return undefined
    throw error
  }
}

import { IGNORED } from './atoms.ts'
import type { Parameters, Place } from './parameters.ts'
import { viewThrough } from './pattern-view.ts'
import { isSameConstant } from './same-constant.ts'
import { seenThrough, type View } from './view.ts'
import { without } from './without.ts'

/**
 * What counts of the arguments of a function with these parameters: without the parameters called `ignore`, and without what
 * the function cannot see or tell apart. A constant default counts the same left out, passed as `undefined`, and spelled
 * out, also inside of patterns. An ignored parameter becomes IGNORED; a trailing one counts the same whether it is passed or not.
 * The caller's objects are not touched, and no getter is run. Names are those of parameters, of destructured variables,
 * and of the properties these are taken from. Throws a `TypeError` for a name that the function does not have.
 */
export function seenArguments(
  parameters: Parameters,
  ignore: readonly string[],
): (args: readonly unknown[]) => readonly unknown[] {
  const places = ignore.flatMap(name => placesOf(parameters, name))
  if (parameters.usesArguments) return args => trim(parameters, [], withoutPlaces(places, args))
  const paths = new Set(places.map(({ position, path }) => pathText(position, path)))
  const views = parameters.patterns
    .slice(0, parameters.count)
    .map((pattern, i) => viewThrough(pattern, path => paths.has(pathText(i, path))))
  const seesMore = parameters.patterns.length > parameters.count && !places.some(place => place.rest)
  return args => trim(parameters, views, seenOf(views, seesMore, args))
}

function pathText(position: number, path: readonly string[]): string {
  return JSON.stringify([position, ...path])
}

function placesOf(parameters: Parameters, name: string): readonly Place[] {
  const named = parameters.places.filter(place => place.name === name)
  // A variable first: in f(verbose, { verbose: loud }) it is the parameter that is meant.
  const local = named.filter(place => place.local)
  if (local.length > 0) return local
  if (named.length > 0) return named
  const known = [...new Set(parameters.places.map(place => place.name))]
  throw new TypeError(
    `ignore names ${JSON.stringify(name)}, which is no parameter of ${parameters.name || 'the function'}. ` +
      (known.length === 0 ? 'It has no parameters.' : `Its parameters are ${known.join(', ')}.`),
  )
}

function withoutPlaces(places: readonly Place[], args: readonly unknown[]): unknown[] {
  const kept = [...args]
  for (const { rest, position, path } of places) {
    if (rest) kept.length = Math.min(kept.length, position)
    else if (position < kept.length) kept[position] = without(kept[position], path)
  }
  return kept
}

/** Without a rest parameter nothing sees further arguments, such as the index that `map` passes. */
function seenOf(views: readonly View[], seesMore: boolean, args: readonly unknown[]): unknown[] {
  const length = seesMore ? args.length : Math.min(args.length, views.length)
  const seen: unknown[] = []
  for (let i = 0; i < length; i++) {
    const view = views[i]
    seen.push(view === undefined ? args[i] : seenThrough(view, args[i]))
  }
  return seen
}

/** Without what is the same when it is left out at the end. */
function trim({ count, usesArguments }: Parameters, views: readonly View[], args: unknown[]): unknown[] {
  while (args.length > 0 && args.length <= count) {
    const last = args[args.length - 1]
    if (last !== IGNORED && (usesArguments || !isDefault(last, views[args.length - 1]))) break
    args.length--
  }
  return args
}

/** Whether the function gets the same from `arg` as from no argument. */
function isDefault(arg: unknown, view: View | undefined): boolean {
  if (arg === undefined) return true
  return view?.constant !== undefined && isSameConstant(arg, view.constant.value)
}

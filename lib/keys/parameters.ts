import type { AssignmentProperty, Pattern, Property } from 'acorn'
import { CacheError } from '../base/errors.ts'
import { onceFor } from '../base/once-for.ts'
import { parseFunction } from '../base/parse-function.ts'
import { constantOf } from './constant.ts'
import { seesArguments } from './sees-arguments.ts'
import { type AnyFunction, sourceOf } from './source.ts'

/** What a name of a parameter list stands for: an argument, or a property deep in one. */
export interface Place {
  /** A name that the function binds, or that of a property on the way to one. */
  readonly name: string
  readonly local: boolean
  /** Which argument; of a rest parameter, the first. */
  readonly position: number
  readonly rest: boolean
  /** From the argument down to the property; empty for the whole parameter. */
  readonly path: readonly string[]
}

/** The parameter list of a function, as it is written. */
export interface Parameters {
  /** Of the function. */
  readonly name: string
  /** The name of each parameter but the rest; undefined where a pattern stands. */
  readonly names: readonly (string | undefined)[]
  /** The name of the rest parameter. */
  readonly rest: string | undefined
  /** How many parameters there are before a rest. */
  readonly count: number
  /** The source of each default value; undefined where there is none. */
  readonly defaults: readonly (string | undefined)[]
  /** The default values that are constant; undefined where there is none. */
  readonly constants: readonly ({ readonly value: unknown } | undefined)[]
  /** All that can be called by a name. */
  readonly places: readonly Place[]
  /** Whether the function may see all arguments, and how many there are: through `arguments`, `eval`, or a superclass. */
  readonly usesArguments: boolean
  /** The nodes, with offsets into `text`. */
  readonly patterns: readonly Pattern[]
  readonly text: string
}

/** The parameters of `fn`, read from its source once. Throws `ERR_CACHE_SOURCE` if there is none that can be parsed. */
export const parametersOf: (fn: AnyFunction) => Parameters = onceFor(readParameters)

function readParameters(fn: AnyFunction): Parameters {
  const parsed = parseFunction(sourceOf(fn))
  if (parsed === undefined) {
    throw new CacheError(
      'ERR_CACHE_SOURCE',
      `The parameters of ${fn.name || 'a nameless function'} cannot be read from its source. Give a function as innerKey.`,
      { details: { name: fn.name } },
    )
  }
  const { text, node, params } = parsed
  const plain = params.filter(pattern => pattern.type !== 'RestElement')
  const rest = params.find(pattern => pattern.type === 'RestElement')
  const places: Place[] = []
  params.forEach((pattern, position) => {
    addPlaces(places, pattern, { position, rest: pattern.type === 'RestElement', path: [] })
  })
  return Object.freeze({
    name: fn.name,
    names: Object.freeze(plain.map(pattern => identifierOf(withoutDefault(pattern)))),
    rest: rest?.type === 'RestElement' ? identifierOf(rest.argument) : undefined,
    count: plain.length,
    defaults: Object.freeze(
      plain.map(pattern =>
        pattern.type === 'AssignmentPattern' ? text.slice(pattern.right.start, pattern.right.end) : undefined,
      ),
    ),
    constants: Object.freeze(
      plain.map(pattern => (pattern.type === 'AssignmentPattern' ? constantOf(pattern.right) : undefined)),
    ),
    places: Object.freeze(places),
    usesArguments: seesArguments(node, text),
    patterns: Object.freeze(params),
    text,
  })
}

function withoutDefault(pattern: Pattern): Pattern {
  return pattern.type === 'AssignmentPattern' ? pattern.left : pattern
}

function identifierOf(pattern: Pattern): string | undefined {
  return pattern.type === 'Identifier' ? pattern.name : undefined
}

/** Adds each name in `pattern`, and each property name on the way to it. */
function addPlaces(places: Place[], pattern: Pattern, at: Omit<Place, 'name' | 'local'>): void {
  switch (pattern.type) {
    case 'Identifier':
      places.push({ ...at, name: pattern.name, local: true })
      return
    case 'AssignmentPattern':
      addPlaces(places, pattern.left, at)
      return
    case 'RestElement':
      // What a nested rest gathers has no one place.
      if (at.path.length === 0) addPlaces(places, pattern.argument, at)
      return
    case 'ArrayPattern':
      if (at.rest) return
      pattern.elements.forEach((element, i) => {
        if (element !== null) addPlaces(places, element, { ...at, path: [...at.path, String(i)] })
      })
      return
    case 'ObjectPattern':
      if (at.rest) return
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') continue
        const key = keyOf(property)
        if (key === undefined) continue
        const path = [...at.path, key]
        places.push({ ...at, name: key, local: false, path })
        addPlaces(places, property.value, { ...at, path })
      }
      return
    default:
      return
  }
}

/** The name of a property in a pattern; undefined if it is computed. */
export function keyOf(property: AssignmentProperty | Property): string | undefined {
  const { key, computed } = property
  if (key.type === 'Identifier' && !computed) return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}

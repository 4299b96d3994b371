import type { ArrayPattern, ObjectPattern, Pattern } from 'acorn'
import { constantOf } from './constant.ts'
import { keyOf } from './parameters.ts'
import { type Parts, seenThrough, type View } from './view.ts'

/** The view of a value through the `pattern` that takes it. `isIgnored` is asked for each path below the pattern. */
export function viewThrough(
  pattern: Pattern,
  isIgnored: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): View {
  const inner = viewsIn(withoutDefault(pattern), (part, step) =>
    viewThrough(part, isIgnored, [...path, step]),
  )
  const view: View = {
    isIgnored: isIgnored(path),
    ignored: inner.flatMap(([step, { isIgnored, ignored }]) =>
      isIgnored ? [[step]] : ignored.map(steps => [step, ...steps]),
    ),
    constant: undefined,
    parts: partsOf(withoutDefault(pattern), new Map(inner)),
  }
  const constant = pattern.type === 'AssignmentPattern' ? constantOf(pattern.right) : undefined
  return constant === undefined ? view : { ...view, constant: { value: seenThrough(view, constant.value) } }
}

function withoutDefault(pattern: Pattern): Pattern {
  return pattern.type === 'AssignmentPattern' ? pattern.left : pattern
}

type Named = readonly [step: string, view: View]

/** The views of the parts that have a place with a name, but for a rest. */
function viewsIn(pattern: Pattern, viewOf: (part: Pattern, step: string) => View): readonly Named[] {
  const named: Named[] = []
  const add = (part: Pattern, step: string | undefined): void => {
    if (part.type !== 'RestElement' && step !== undefined) named.push([step, viewOf(part, step)])
  }
  if (pattern.type === 'ArrayPattern') {
    for (const [i, element] of pattern.elements.entries()) if (element !== null) add(element, String(i))
  }
  if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties)
      if (property.type === 'Property') add(property.value, keyOf(property))
  }
  return named
}

function partsOf(pattern: Pattern, views: ReadonlyMap<string, View>): Parts | undefined {
  if (pattern.type === 'ArrayPattern') return partsOfArray(pattern, views)
  return pattern.type === 'ObjectPattern' ? partsOfObject(pattern, views) : undefined
}

function partsOfArray({ elements }: ArrayPattern, views: ReadonlyMap<string, View>): Parts {
  const hasRest = elements.at(-1)?.type === 'RestElement'
  const places = hasRest ? elements.slice(0, -1) : elements
  return { of: 'array', views: places.map((_, i) => views.get(String(i))), hasRest }
}

/** undefined where a computed name may be that of any property, or where two parts share one, with a default and without. */
function partsOfObject({ properties }: ObjectPattern, views: ReadonlyMap<string, View>): Parts | undefined {
  const hasRest = properties.at(-1)?.type === 'RestElement'
  const isClear = views.size === properties.length - (hasRest ? 1 : 0)
  return isClear ? { of: 'object', views, hasRest } : undefined
}

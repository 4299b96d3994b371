import type { AssignmentPattern, Pattern } from 'acorn'
import { isLanguageName } from './builtins.ts'
import { freeNames } from './free-names.ts'
import type { Parameters } from './parameters.ts'

/**
 * The parameter list as source that can be compiled away from the module of the function. A default value that
 * mentions anything but other parameters and the language is replaced by `undefined`, or by an empty object or
 * array where it is taken apart. Names of Node do not count as known: a module may have a variable of that name.
 */
export function parameterSource({ text, patterns, places }: Parameters): string {
  const own = new Set(places.filter(place => place.local).map(place => place.name))
  const isKnown = (name: string): boolean => own.has(name) || isLanguageName(name)
  return patterns.map(pattern => render(text, pattern, isKnown)).join(', ')
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly by: string
}

function render(text: string, pattern: Pattern, isKnown: (name: string) => boolean): string {
  const edits: Edit[] = []
  for (const { left, right } of defaultsIn(pattern)) {
    const source = text.slice(right.start, right.end)
    // What is only allowed inside the class or the async function it stands in.
    const bound = /\b(?:super|await|yield|import|new\s*\.\s*target)\b|#/.test(source)
    if (bound || ![...freeNames(right)].every(isKnown))
      edits.push({ start: right.start, end: right.end, by: empty(left) })
  }
  let source = ''
  let at = pattern.start
  for (const { start, end, by } of edits) {
    source += text.slice(at, start) + by
    at = end
  }
  return source + text.slice(at, pattern.end)
}

function empty(left: Pattern): string {
  if (left.type === 'ObjectPattern') return '{}'
  return left.type === 'ArrayPattern' ? '[]' : 'undefined'
}

/** The defaults in a pattern, in the order of the text. */
function defaultsIn(pattern: Pattern): AssignmentPattern[] {
  switch (pattern.type) {
    case 'AssignmentPattern':
      return [...defaultsIn(pattern.left), pattern]
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element === null ? [] : defaultsIn(element)))
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        defaultsIn(property.type === 'RestElement' ? property : property.value),
      )
    case 'RestElement':
      return defaultsIn(pattern.argument)
    default:
      return []
  }
}

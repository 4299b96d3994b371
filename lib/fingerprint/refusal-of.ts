import { sourceOf } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import type { Reached } from './reached.ts'

const ARROW = /^(?:async\b\s*)?(?:\(|[\p{ID_Continue}$]+\s*=>)/u

/**
 * Why the results of a function that reaches these cannot be told apart: an arrow function whose `this` comes from
 * around it, which nothing can see. One that lies in an object counts with that object, which is its `this` as a rule.
 */
export function refusalOf(reached: readonly Reached[]): string | undefined {
  for (const { fn, path, place, isNamed } of reached) {
    if (!isNamed || place.is !== 'own' || !ARROW.test(sourceOf(fn)) || !formOf(fn).usesLexicalThis) continue
    return (
      `${path} is an arrow function that uses the \`this\` of the place where it is written, which cannot be seen. ` +
      'Capture what it uses in a variable (const self = this), or say with deps what counts.'
    )
  }
  return undefined
}

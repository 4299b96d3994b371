import { sourceOf } from '../keys/source.ts'

/** A name, or members of one: what a compiler lets a getter of an import or export return. */
const REFERENCE = String.raw`[\w$]+(?:\.[\w$]+|\[[\w$]+\]|\[(?:"[^"]*"|'[^']*')\])*`
const ARROW = new RegExp(String.raw`^\(\)\s*=>\s*${REFERENCE}$`)
/** As vitest writes it: a variable that is not there yet is undefined. */
const TRIED = new RegExp(
  String.raw`^(?:\(\)\s*=>|(?:get\s+|function\b)?[\s\w$'"[\]-]*\(\))\s*\{\s*try\s*\{\s*return\s+${REFERENCE};?\s*\}\s*catch\s*(?:\(\w+\)\s*)?\{\s*\}\s*;?\s*\}$`,
)
const METHOD = new RegExp(
  String.raw`^(?:get\s+|function\b)?[\s\w$'"[\]-]*\(\)\s*\{\s*(?:["']use strict["'];?\s*)?return\s+${REFERENCE};?\s*\}$`,
)

/**
 * Whether `getter` is one by which compilers let an export be seen under its live value (`() => load`, `function () { return m[k] }`):
 * it runs nothing.
 */
export function isBindingGetter(getter: () => unknown): boolean {
  const source = sourceOf(getter)
  return source.length < 1_000 && [ARROW, METHOD, TRIED].some(form => form.test(source))
}

/**
 * Whether `object` is what compilers make for a module as a whole: its enumerable properties are binding getters, at
 * least one; only `default` may be a plain value.
 */
export function isBindingBag(object: object): boolean {
  let count = 0
  for (const key of Object.keys(object)) {
    const { get } = Object.getOwnPropertyDescriptor(object, key) ?? {}
    if (get === undefined ? key !== 'default' : !isBindingGetter(get)) return false
    if (get !== undefined) count += 1
  }
  return count > 0
}

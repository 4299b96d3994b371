import { ownValue } from '../base/own-value.ts'
import { builtinName } from './builtins.ts'
import { ownFields } from './own-fields.ts'
import { Refusal } from './refusal.ts'
import type { Shape } from './shape.ts'
import { type AnyFunction, isNative, nameOf, sourceDigest } from './source.ts'
import { TAG } from './tags.ts'

/**
 * A function counts by its source, a class by its source and that of its superclasses, both by their own fields
 * (static ones too, private static ones not); a function of the language by its name. Others without a source
 * (bound ones, those of addons) are refused. So it is where no policy says what functions count by.
 */
export function functionShape(fn: AnyFunction): Shape {
  const name = builtinName(fn)
  if (name === undefined && isNative(fn))
    throw new Refusal(describe(fn), 'has no source, so it has no stable identity')
  const parent: object | null = name === undefined ? superclass(fn) : null
  const { names, values } = ownFields(fn)
  return {
    tag: name === undefined ? TAG.function : TAG.builtin,
    head: [name ?? sourceDigest(fn)],
    raw: undefined,
    children: parent === null ? values : [parent, ...values],
    items: parent === null ? 0 : 1,
    entries: 0,
    entrySize: 1,
    names,
    labels: ['.__proto__'],
  }
}

function describe(fn: AnyFunction): string {
  return nameOf(fn).startsWith('bound ') ? 'bound function' : 'native function'
}

const FUNCTION_CLASSES = new Set(['Function', 'AsyncFunction', 'GeneratorFunction', 'AsyncGeneratorFunction'])

/** What a class extends, or null. */
function superclass(fn: AnyFunction): object | null {
  const parent: object | null = Object.getPrototypeOf(fn)
  if (parent === null || parent === Function.prototype) return null
  const owner: unknown = ownValue(parent, 'constructor')
  // By name: each realm (vm, jest) has its own Function.prototype.
  if (typeof owner === 'function' && FUNCTION_CLASSES.has(nameOf(owner)) && isNative(owner)) return null
  return parent
}

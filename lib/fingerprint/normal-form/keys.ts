import type { Expression, PrivateIdentifier } from 'acorn'
import type { Pen } from './pen.ts'
import { stringIn } from './strings.ts'

export interface Keyed {
  readonly key: Expression | PrivateIdentifier
  readonly computed: boolean
}

/** Writes the key of a property or member: `a`, `'a'` and `['a']` alike. */
export function writeKey(keyed: Keyed, pen: Pen): void {
  const name = keyOf(keyed)
  if (name !== undefined) {
    pen.write(name.startsWith('#') && keyed.key.type === 'PrivateIdentifier' ? name : JSON.stringify(name))
    return
  }
  pen.write('(key ')
  pen.node(keyed.key)
  pen.write(')')
}

/** The name that a key stands for; undefined if it is computed. Private ones begin with '#'. */
export function keyOf({ key, computed }: Keyed): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  const text = stringIn(key)
  if (computed) return text !== undefined && !SPECIAL.has(text) ? text : undefined
  if (key.type === 'Identifier') return key.name
  if (text !== undefined) return text
  return key.type === 'Literal' ? String(key.value) : undefined
}

/** In brackets these keys are names like others; without, they mean something else. */
const SPECIAL = new Set(['__proto__', 'constructor', 'prototype'])
